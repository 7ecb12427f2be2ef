"""Names for invented people, by naming tradition, each given name with the other ways in which it gets written."""

from typing import NamedTuple


class Names(NamedTuple):
    """The names of one tradition: girls' and boys' names with variants, last names, parts for rarer ones."""

    share: float
    girls: tuple[tuple[str, ...], ...]
    boys: tuple[tuple[str, ...], ...]
    families: tuple[tuple[str, ...], ...]
    heads: tuple[str, ...]
    tails: tuple[str, ...]


def _groups(text: str) -> tuple[tuple[str, ...], ...]:
    """Groups between commas; within a group the usual name first, then the others, between slashes."""
    return tuple(tuple(part.strip().split("/")) for part in text.split(",") if part.strip())


BRITISH = Names(
    0.52,
    _groups(
        "Olivia/Liv/Ollie, Amelia/Millie/Amy, Isla, Ava, Ivy, Freya, Lily/Lilly/Lillian, Florence/Flo/Flossie, "
        "Mia, Willow, Rosie/Rose, Sophia/Sophie/Sofia, Isabella/Bella/Izzy/Isabelle, Grace/Gracie, Daisy, "
        "Sienna, Poppy, Elsie/Elsy, Emily/Em/Emilie, Ella/Ellie, Evelyn/Evie, Phoebe/Phebe, "
        "Charlotte/Lottie/Charlie, Harper, Matilda/Tilly/Tilda, Megan/Meg/Meghan, Katherine/Kate/Katie/Kathryn, "
        "Elizabeth/Beth/Lizzie/Eliza, Jessica/Jess/Jessie, Chloe/Khloe, Hannah/Hanna, Lauren/Loren, "
        "Rebecca/Becky/Becca, Abigail/Abi/Abby, Georgia/George, Holly/Hollie, Molly/Mollie, Samantha/Sam/Sammy, "
        "Victoria/Vicky/Tori, Alexandra/Alex/Lexi, Bethany/Beth, Jennifer/Jen/Jenny, Natasha/Tasha, "
        "Eleanor/Ellie/Nell, Margaret/Maggie/Peggy, Zoe/Zoey, Paige/Page, Leah/Lea, Niamh/Neve, Siobhan/Shivaun"
    ),
    _groups(
        "Oliver/Ollie/Olly, George, Arthur/Art/Artie, Noah, Muhammad, Leo, Oscar, Harry/Harrison, "
        "Archie/Archibald, Jack/Jackson, Henry/Harry/Hal, Charlie/Charles/Chas, Freddie/Frederick/Fred, "
        "Theodore/Theo/Teddy, Thomas/Tom/Tommy, Jacob/Jake, William/Will/Bill/Liam, James/Jim/Jimmy/Jamie, "
        "Joshua/Josh, Ethan, Daniel/Dan/Danny, Samuel/Sam/Sammy, Alexander/Alex/Sandy, Benjamin/Ben/Benny, "
        "Joseph/Joe/Joey, Max/Maxwell, Lucas/Luke, Isaac/Zac, Edward/Ed/Ted/Eddie, Callum/Calum, Lewis/Louis, "
        "Michael/Mike/Mick, Matthew/Matt/Mathew, Robert/Rob/Bob/Bobby, Ryan/Rian, Nathan/Nate, Connor/Conor, "
        "Kieran/Ciaran, Jordan/Jordon, Tyler, Kyle, Reece/Rhys, Aidan/Aiden, Dylan/Dillon, "
        "Christopher/Chris/Kit, Anthony/Tony/Antony, Stephen/Steven/Steve, Patrick/Pat/Paddy, "
        "Jonathan/Jon/Jonny, Nicholas/Nick/Nicky"
    ),
    _groups(
        "Smith/Smyth, Jones, Taylor/Tayler, Brown/Browne, Williams, Wilson, Johnson/Johnston, Davies/Davis, "
        "Robinson, Wright, Thompson/Thomson, Evans, Walker, White, Roberts, Green/Greene, Hall, Wood/Woods, "
        "Jackson, Clarke/Clark, Harris, Lewis, Cooper, Ward, Martin, Morris, Moore, Hill, Turner, Baker, "
        "Allen/Allan, Hughes, Scott, Murphy, Kelly/Kelley, Shaw, Reid/Reed, Stewart/Stuart, Macdonald/McDonald, "
        "Phillips/Philips, Bailey/Bayley, Pearce/Pierce, O'Brien/OBrien, O'Connor/OConnor"
    ),
    ("Ash", "Black", "Brook", "Burn", "Chad", "Clif", "Crow", "Dal", "East", "Ed", "Fair", "Farn", "Good",
     "Green", "Hart", "Hazel", "Hol", "Kirk", "Lang", "Long", "Mar", "Mid", "New", "Nor", "Oak", "Pen", "Ray",
     "Rad", "Sher", "Stan", "Thorn", "Tre", "Wal", "War", "West", "Whit", "Win", "Wood"),
    ("bourne", "bridge", "bury", "by", "combe", "cott", "dale", "den", "don", "field", "ford", "gate", "ham",
     "hurst", "ington", "land", "ley", "low", "man", "mere", "more", "ridge", "shaw", "stone", "ton", "wade",
     "well", "wick", "wood", "worth"),
)  # fmt: skip
SOUTH_ASIAN = Names(
    0.2,
    _groups(
        "Aisha/Ayesha/Aysha/Aishah, Fatima/Fatimah/Fatema, Zainab/Zaynab/Zeinab, Maryam/Mariam/Meriam, "
        "Khadija/Khadijah/Kadija, Amina/Aminah/Ameena, Sana/Sanah, Saima/Sayma, Nadia/Nadiya, Hafsa/Hafsah, "
        "Iqra/Iqrah, Sumaya/Sumayyah/Somaya, Priya/Prya, Anjali/Anjalee, Kavita/Kavitha, Pooja/Puja, "
        "Deepika/Dipika, Neha, Lakshmi/Laxmi, Meera/Mira, Simran/Simrun/Simi, Jasmeet/Jasmit, "
        "Manpreet/Manprit/Mani, Harpreet/Harprit, Gurpreet/Gurprit, Navdeep/Navdip, Shabnam/Shabnum, "
        "Rukhsana/Ruksana, Nasreen/Nasrin, Parveen/Parvin, Yasmin/Yasmeen/Yasmine, Farzana/Farzanah"
    ),
    _groups(
        "Mohammed/Muhammad/Mohammad/Mohamed/Md, Ahmed/Ahmad/Ahmet, Ali/Aly, Hassan/Hasan, "
        "Hussain/Hussein/Husain, Imran/Emran, Usman/Osman/Uthman, Abdul/Abdal, Bilal/Billal, Hamza/Hamzah, "
        "Ibrahim/Ebrahim, Yusuf/Yousuf/Yousaf/Joseph, Zain/Zayn/Zane, Tariq/Tarik/Tareq, Khalid/Khaled, "
        "Shahid/Shaheed, Rashid/Rasheed, Faisal/Faysal, Arjun/Arjan, Rahul, Vikram/Vik, Sanjay/Sunjay, "
        "Rajesh/Raj/Rajeesh, Suresh, Amit/Ameet, Harjit/Harjeet, Gurdeep/Gurdip, Jaspreet/Jasprit, "
        "Manjit/Manjeet, Sukhdeep/Sukhdip, Kamran/Kamraan, Waqas/Waqqas"
    ),
    _groups(
        "Khan/Kahn, Ahmed/Ahmad, Hussain/Hussein/Husain, Ali, Begum/Begom, Patel, Singh/Sing, Kaur/Kour, Shah, "
        "Akhtar/Akhter/Aktar, Iqbal/Eqbal, Mahmood/Mahmud/Mehmood, Malik/Mallick, Miah/Mia/Miya, "
        "Uddin/Udin/Ud-din, Chowdhury/Choudhury/Chaudhry, Bibi, Rahman/Rehman, Islam, Sharma, Gupta, Kumar, "
        "Desai, Mistry, Gill, Sandhu, Dhillon/Dillon, Grewal, Qureshi/Kureshi, Siddiqui/Siddiqi, Mirza, "
        "Butt/Bhatt, Sheikh/Shaikh, Javed/Javaid"
    ),
    ("Bal", "Bhat", "Chand", "Das", "Dev", "Gul", "Har", "Jag", "Kal", "Kap", "Lal", "Mal", "Nar", "Pal",
     "Raj", "Ram", "Sah", "Sul", "Tal", "Vas", "Zaf"),
    ("ani", "ar", "eja", "ekar", "hani", "ia", "ish", "jit", "kar", "lani", "nath", "ota", "pur", "rao",
     "reddy", "wal", "wani", "zai"),
)  # fmt: skip
EASTERN_EUROPEAN = Names(
    0.12,
    _groups(
        "Katarzyna/Kasia/Katarina, Agnieszka/Aga/Agnes, Anna/Ania, Magdalena/Magda, Malgorzata/Gosia/Margaret, "
        "Zofia/Zosia/Sofia, Aleksandra/Ola/Alexandra, Natalia/Natalie/Nataliya, Oksana/Oxana, Julia/Yulia/Iulia, "
        "Ekaterina/Katya/Catherine, Ioana/Joanna, Andreea/Andrea, Elena/Lena/Yelena, Maria/Marija, "
        "Gabriela/Gabi, Weronika/Veronica, Ruta, Daina, Viktorija/Viktoria"
    ),
    _groups(
        "Jakub/Kuba/Jacob, Szymon/Simon, Piotr/Peter/Petr, Andrzej/Andrew/Andrei, Krzysztof/Christopher/Krystof, "
        "Tomasz/Tomas/Thomas, Michal/Mihail/Michael, Mateusz/Matas/Matthew, Aleksander/Alexander/Olek, "
        "Wojciech/Wojtek, Stefan/Stephen, Ivan/John, Dmitri/Dmitry/Dima, Sergiu/Sergei/Serghei, Mihai/Michael, "
        "Ionut/Ion, Lukasz/Lucas, Pawel/Paul/Pavel, Vytautas/Vytas, Filip/Philip"
    ),
    _groups(
        "Nowak/Novak, Kowalski/Kowalska, Wisniewski/Wisniewska, Wojcik, Kaminski/Kaminska, "
        "Lewandowski/Lewandowska, Zielinski/Zielinska, Szymanski/Szymanska, Popescu, Ionescu/Jonescu, Popa, "
        "Dumitru, Ivanov/Ivanova, Petrov/Petrova, Horvath/Horvat, Balog/Balogh, Kazlauskas/Kazlauskiene, "
        "Petrauskas, Jankauskas, Kovac/Kovacs, Shevchenko, Kovalenko, Rusu, Stan, Radu, Lakatos"
    ),
    ("Adam", "Bartk", "Chmiel", "Dobr", "Gaj", "Jas", "Kras", "Lub", "Mal", "Niem", "Ostr", "Pav", "Rad",
     "Sad", "Tom", "Urb", "Vas", "Wal", "Zar"),
    ("anski", "arek", "auskas", "czyk", "ek", "enko", "escu", "ewicz", "iak", "in", "ko", "ov", "owski",
     "ski", "uk", "ura", "yk"),
)  # fmt: skip
ARABIC = Names(
    0.08,
    _groups(
        "Layla/Leila/Laila, Noor/Nur/Nour, Sara/Sarah, Hana/Hanaa, Rania/Raniya, Salma/Selma, Huda/Houda, "
        "Amal/Amaal, Iman/Eman, Mona/Muna, Reem/Rim, Dina/Deena, Zahra/Zahraa, Samira/Sameera, Yasmin/Yasmine, "
        "Asma/Asmaa, Farah/Fara, Nawal/Naoual"
    ),
    _groups(
        "Mohamed/Mohammed/Muhamad, Omar/Umar, Khaled/Khalid, Mustafa/Mustapha/Moustafa, Youssef/Yusuf/Yousif, "
        "Mahmoud/Mahmud, Karim/Kareem, Samir/Sameer, Hamid/Hameed, Abdullah/Abdallah/Abdulla, "
        "Abdulrahman/Abdelrahman/Abdul, Nasser/Nasir/Naser, Jamal/Gamal, Said/Saeed/Sayed, Walid/Waleed, "
        "Ziad/Zeyad, Tarek/Tariq, Amir/Ameer"
    ),
    _groups(
        "Al-Hassan/Alhassan/Hassan, El-Sayed/Elsayed/Al-Sayed, Mansour/Mansoor, Saleh/Salih, Haddad/Hadad, "
        "Nasser/Naser, Khalil/Khaleel, Al-Masri/Almasri/El-Masry, Ibrahim/Ebrahim, Aziz, Mustafa/Mostafa, "
        "Othman/Uthman, Rashid/Rasheed, Abdi, Darwish/Darweesh, Jaber/Jabir, Al-Ahmad/Alahmad, Barakat, Hamdan, "
        "Suleiman/Sulaiman/Soliman"
    ),
    ("Al-", "Abu ", "Bani", "Ham", "Jar", "Kas", "Mak", "Naj", "Qas", "Sal", "Shar", "Taw", "Zay"),
    ("abi", "ani", "awi", "dan", "fi", "had", "im", "khouri", "mani", "oudi", "rawi", "sem", "tani", "zan"),
)  # fmt: skip
AFRICAN = Names(
    0.08,
    _groups(
        "Chiamaka/Amaka, Ngozi/Goz, Adaeze/Ada, Funmilayo/Funmi, Oluwaseun/Seun, Ifeoma/Ify, Temitope/Temi/Tope, "
        "Abena/Abenaa, Akosua/Akos, Ama/Amma, Efua/Efe, Hodan/Hodon, Fadumo/Faduma/Fatima, Hibo/Hiba, "
        "Sagal/Sahgal, Tendai/Tendayi, Rutendo/Ruth, Nomsa"
    ),
    _groups(
        "Chukwuemeka/Emeka, Oluwatobi/Tobi/Toby, Ayodele/Ayo, Babatunde/Tunde, Olumide/Olu/Mide, Ikechukwu/Ike, "
        "Obinna/Obi, Kwame/Kwami, Kofi/Coffie, Kwabena/Kobena, Abdirahman/Abdi/Cabdiraxmaan, "
        "Mohamud/Maxamuud/Mohamed, Yonas/Jonas, Tewodros/Teddy/Theodros, Farai/Farayi, Tafadzwa/Taffy, "
        "Sipho/Siphiwe, Ebrima/Ibrahim"
    ),
    _groups(
        "Okafor/Okafo, Adeyemi/Adeyemy, Okonkwo/Okonkwor, Eze/Ezeh, Nwosu, Balogun/Ballogun, Adebayo, Ogunleye, "
        "Mensah/Mensa, Owusu, Boateng/Boaten, Asante, Appiah/Apiah, Mohamud/Mohamoud, Warsame/Warsama, "
        "Farah/Faarax, Abdi/Cabdi, Jama/Jamac, Moyo, Ncube/Nkube, Dube, Tesfaye/Tesfai, Bekele, Ceesay/Sesay, "
        "Jallow/Diallo, Kamara/Camara"
    ),
    ("Ade", "Aki", "Bam", "Chi", "Eke", "Fola", "Ige", "Kay", "Mba", "Nna", "Nwa", "Oba", "Ogun", "Oke",
     "Olu", "Ona", "Osa", "Sey", "Uzo"),
    ("bayo", "chi", "de", "dele", "fe", "gbe", "jide", "kunle", "lade", "mba", "nji", "oma", "rin", "sanya",
     "tunji", "wole", "wu", "zie"),
)  # fmt: skip

TRADITIONS = {
    "british": BRITISH,
    "south_asian": SOUTH_ASIAN,
    "eastern_european": EASTERN_EUROPEAN,
    "arabic": ARABIC,
    "african": AFRICAN,
}
STREETS = (
    "Abbey", "Albert", "Alma", "Ash", "Bank", "Beech", "Bridge", "Cedar", "Chapel", "Church", "Clifton",
    "Crescent", "Dale", "Elm", "Ferry", "Garden", "George", "Grange", "Grove", "Hall", "Hawthorn", "High",
    "Holly", "King", "Lime", "Manor", "Market", "Mill", "North", "Oak", "Orchard", "Park", "Poplar", "Queen",
    "River", "Rose", "School", "South", "Spring", "Station", "Sycamore", "Tower", "Union", "Vale", "Victoria",
    "Well", "West", "Willow", "Windsor", "York",
)  # fmt: skip
WAYS = ("Road", "Street", "Avenue", "Lane", "Close", "Drive", "Place", "Terrace")
SHORT_WAYS = {"Road": "Rd", "Street": "St", "Avenue": "Ave", "Lane": "Ln", "Close": "Cl", "Drive": "Dr", "Place": "Pl",
              "Terrace": "Ter"}  # fmt: skip
