"""Names that are written in many ways: which belong together, and how a name sounds when its spelling is taken away.

Short names and spellings of British, South Asian, Eastern European, Arabic and African naming, by what is commonly
known of them. Nothing here says where anybody comes from.
"""

from collections.abc import Iterator

SAME_NAME = """
abdul abdal abdel abd abdool
abdullah abdallah abdulla abdullahi
abdirahman abdulrahman abdelrahman abdurrahman cabdiraxmaan abdi
abigail abi abby abbie gail
adam adem aadam
adrian adriano ade
agnieszka agnes aga
ahmed ahmad ahmet achmed ahmod axmed
aisha ayesha aysha aishah aesha caasha asha
alexander aleksander alex alec alexandru sandy sasha xander olek alejandro iskander
alexandra aleksandra alex alexa lexi lexie sandra sasha ola sandie
alfred alfie fred freddie alf
alison ali allison
amelia millie amy emilia mila
amina aminah ameena aamina
andrew andy andrei andrzej drew andreas andriy
angela angie ange angelina
anna ann anne annie ania anya hannah anka
anthony tony antony anton ant
archibald archie
arthur artie art
asma asmaa esma
ayodele ayo dele
barbara babs barb basia
beatrice bea trixie
benjamin ben benny benji
bernadette bernie
bilal billal belal
bridget bridie biddy
callum calum malcolm
cameron cam
caroline carol carrie caz carolyn
catherine katherine kathryn cath cathy kate katie kathy kat kitty katarzyna kasia
catherine katarina ekaterina katya katrina caitlin
charles charlie chas chuck karol
charlotte lottie charlie char
chiamaka amaka
christine chris chrissy tina christina kristina krystyna kristine
christopher chris kit topher krzysztof kristof krystof
chukwuemeka emeka chukwu
ciaran kieran keiran kieron
claire clare klara clara
connor conor konnor
daniel dan danny danil daniyal danyal
david dave davie davey dawid dawood daud dawud
deborah debbie debs deb debra
dmitri dmitry dima dmitriy dmytro
dominic dom dominik nick
donald don donnie
dorothy dot dotty dolly dora
edward ed eddie ted teddy ned edek eduard
eleanor ellie nell nellie nora elle elinor
elizabeth beth liz lizzie lizzy betty betsy eliza libby elisabeth elspeth elzbieta ela lisa bethany
emily em emmy emilie millie
emma em emmy
eugene gene yevgeny
evelyn evie eve ewelina
fatima fatimah fatema faduma fadumo fatuma fatoumata
farah faarax fara
felicity flick fliss
filip philip phillip phil
florence flo florrie flossie
frances fran frankie franny
francis frank frankie francisek franciszek
frederick fred freddie freddy fryderyk
funmilayo funmi
gabriel gabe gabi
gabriela gabi gabby gabrielle
george georgie jerzy giorgi gheorghe
georgina georgie gina georgia
gerald gerry jerry gerard
grace gracie
gregory greg grzegorz grigore
hamza hamzah hamse xamse
harold harry hal
harriet hattie harry
harrison harry
hassan hasan xasan
hussain hussein husain husein hossain hosain xuseen
henry harry hal hank henryk
ibrahim ebrahim abraham ibraheem ebrima brahim abe
ikechukwu ike ikenna
imran emran
ifeoma ify
ionut ion ioan ivan john jan johnny jon jack ian sean
isabel isabelle isabella bella izzy izabela isobel belle
ismail ismaeel ishmael
jacob jake jakub kuba yakub yaqub jacek
jacqueline jackie jacqui
james jim jimmy jamie jem
jane janie jenny janet
jasmine yasmin yasmeen yasmine jas jazz
jason jay jase
jennifer jen jenny jenna
jeremy jez jerry
jessica jess jessie
joanna jo joanne joana ioana asia
jonathan jon jonny jonathon jono
joseph joe joey jozef josef yusuf yousuf yousaf youssef yousif yusef yosef jose
joshua josh
judith judy jude
julia julie jules yulia iulia julija
khalid khaled kalid
khadija khadijah kadija khadeeja xadiija
lakshmi laxmi
laura laurie lauren loren
lawrence laurence larry lauri
layla leila laila leyla
leonard leo lenny len
lillian lily lilly lil lilian
louis lewis luis lou louie ludwik
louise lou louisa lulu
lucas luke lukas lukasz luca luka
lucy lucie lucinda lucia
magdalena magda maddie
madeleine maddie maddy madison madeline
malgorzata gosia margaret maggie meg peggy madge greta margarita margo marge
marcus mark marek marc marco marcin
mary maria marie mariam maryam marija maryja mariya miriam molly polly mimi meriam
martha marta
martin marty marcin
matilda tilly tilda mattie
matthew matt mathew matty mateusz matas matteo matei
maxwell max maximilian maks
megan meg meghan
melanie mel melissa
michael mike mick micky mickey mikey mihai mihail michal mikhail michel
mohammed muhammad mohammad mohamed muhammed mohamud mohamad mohamet muhamad mohd md mo maxamed maxamuud mehmet mohammod
mustafa mustapha moustafa mostafa
natalie natalia nat nataliya natalija natasha tasha
nathan nate nat nathaniel nathanial
niamh neve nieve
nicholas nick nicky nico nikolas mikolaj nicolae
nicola nicky nic nicole niki
noor nur nour nura
oksana oxana
oliver ollie olly
olivia liv ollie livvy
oluwaseun seun
oluwatobi tobi toby tobiloba
omar umar omer umer cumar
pamela pam
patricia pat patsy trish tricia patty
patrick pat paddy padraig patryk rick
paul pavel pawel paulo pol
penelope penny
peter pete piotr petr pyotr petru
philippa pippa pip
pooja puja
priya prya priyanka
rachel rach rachael
rajesh raj rajan rajinder
rashid rasheed rashed
raymond ray
rebecca becky becca bec rebekah
rhys reece rees reese
richard rick ricky rich dick richie ryszard
robert rob bob bobby robbie bert
ronald ron ronnie
rosemary rosie rose romy
ryan rian
said saeed sayed sayeed saed syed
salma selma
samantha sam sammy sami
samuel sam sammy sami samuil
sarah sara sally sadie sarai
sergei sergey sergiu serghei sergio
shaun sean shawn
shahid shaheed
sophie sophia sofia zofia zosia sofie
stephen steven steve stefan stevie szczepan ste
stephanie steph stefania
suleiman sulaiman soliman suleyman solomon
susan sue susie suzie suzanne zuzanna susannah
szymon simon simeon sim
temitope temi tope
terence terry terrence
thaddeus tadeusz tadek
theodore theo teddy ted teodor tewodros
theresa terry tess tessa teresa
thomas tom tommy tomasz tomas thom
timothy tim timmy
uthman usman osman othman cusmaan
victor vic viktor wiktor
victoria vicky vicki tori viktoria viktorija wiktoria
vincent vince vinny
vytautas vytas
walid waleed
waris waaris
weronika veronica veronika ronnie
william will bill billy willy liam wilhelm
wojciech wojtek adalbert
yonas jonas
zachary zac zack zak zach isaac
zahra zahraa zara zarah
zainab zaynab zeinab zeynab zenab
zain zayn zane zayd
abiodun biodun
adaeze ada adaze
adebayo bayo
akosua akos akosia
babatunde tunde baba
chinedu nedu chidi
damilola dami lola oluwadamilola
ekow kweku kwaku
folasade sade shade
kemi oluwakemi
kofi coffie kofie
kwabena kobena kwabina ebo
kwame kwami
ngozi goz ngozika
nkechi kechi nkechinyere
obinna obi
olufemi femi
olumide olu mide
olusegun segun
omolara lara
rutendo ruth ruthie
tendai tendayi
tafadzwa taffy
toyin oluwatoyin
chowdhury choudhury chaudhry chaudhary choudhry chowdhry
akhtar akhter aktar akter
mahmood mahmud mehmood mahmoud
begum begom beghum
miah mia miya mian
sheikh shaikh shaykh sheik
quraishi qureshi kureshi koreshi
rahman rehman rahaman
uddin udin uddeen
smith smyth smythe
clark clarke
thompson thomson tomson
johnson johnston johnstone
davies davis davison
reid reed reade
stewart stuart
diallo jallow jalloh
sesay ceesay
kamara camara
"""

PLACEHOLDERS = ("unknown", "unkn", "nk", "na", "none", "null", "notknown", "notgiven", "test", "baby", "anon",
                "anonymous", "noname", "x", "xx", "xxx")  # fmt: skip
"""What is written where nobody knew: taken as no answer."""

SOUNDS = (
    ("^(mac|mc)([b-df-hj-np-tv-z])", "mk\\2"), ("^(al|el|ul|ud) ", ""), ("[^a-z]", ""), ("^kn", "n"), ("^wr", "r"),
    ("tch|tsch|cz", "c"), ("sch|sz|sh|zh", "s"), ("ph", "f"), ("kh|ck|q", "k"), ("x", "ks"), ("gh", "g"), ("th", "t"),
    ("dh", "d"), ("bh", "b"), ("ch", "c"), ("c([eiy])", "s\\1"), ("c", "k"), ("dj|j|dg", "g"), ("w", "v"), ("z", "s"),
    ("(.)h", "\\1"),
)  # fmt: skip
"""Spellings of one sound, in the order in which they are folded (regular expressions without back references)."""
VOWELS = (("^[^aeiouy]*$", ""), ("^[^aeiouy]*a.*$", "a"), ("^[^aeiouy]*[eiy].*$", "e"), ("^[^aeiouy]*[ou].*$", "o"))
"""The first vowel of a folded name, by its colour."""
DOUBLED = "bdfgklmnprstv"


def families() -> Iterator[tuple[str, str, str]]:
    """Each name that has others, the family it is in, and its whole kin: families joined by the names they share.

    A short name has many families, and so many lines. The kin brings candidates together; the family says they agree.
    """
    lines = [line.split() for line in SAME_NAME.split("\n") if line]
    kin: dict[str, str] = {}
    for names in lines:
        joined = {kin[name] for name in names if name in kin} | {names[0]}
        least = min(joined)
        kin |= {name: least for name, known in kin.items() if known in joined} | dict.fromkeys(names, least)
    for names in lines:
        for name in names:
            yield name, names[0], kin[name]
