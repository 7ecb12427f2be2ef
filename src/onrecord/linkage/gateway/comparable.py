"""The lists as they are compared: one table of records, in plain letters, each with the keys that bring it up."""

from duckdb import DuckDBPyConnection

from onrecord.linkage.rules import plain
from onrecord.linkage.rules.levels import ALONE, KEYS, SEEN, SHARED
from onrecord.linkage.rules.names import families

MANY = 50
"""A phone on more records, and on far more than others are, is an office's."""
NAMES = ("given_name", "middle_name", "surname")


def make_comparable(con: DuckDBPyConnection) -> None:
    """From the table `lists` make the table `records`, one row each, known by its number."""
    _names(con)
    con.execute(_SAID)
    con.execute(_PHONES.format(many=MANY)).fetchall()
    con.execute(_RECORDS).fetchall()
    con.execute("DROP TABLE said; DROP TABLE spelled").fetchall()


def _names(con: DuckDBPyConnection) -> None:
    """Every spelling that stands in the lists, once: its plain form, sound, families and kin."""
    con.execute("CREATE OR REPLACE TABLE known (name VARCHAR, family VARCHAR, kin VARCHAR)")
    con.executemany("INSERT INTO known VALUES (?, ?, ?)", list(families()))
    con.execute(
        "CREATE OR REPLACE TABLE kinships AS SELECT name, list(DISTINCT family) AS family, any_value(kin) AS kin, "
        f"any_value({plain.sound('name')}) AS sound FROM known GROUP BY name"
    ).fetchall()
    every = " UNION ".join(f"SELECT {column} AS spelling FROM lists WHERE {column} IS NOT NULL" for column in NAMES)
    con.execute(f"CREATE OR REPLACE TABLE plainly AS SELECT spelling, {plain.name('spelling')} AS name FROM ({every})")
    con.execute(
        "CREATE OR REPLACE TABLE parts AS WITH part AS (SELECT DISTINCT unnest(string_split(name, ' ') || "
        "[replace(name, ' ', '')]) AS name FROM plainly WHERE name IS NOT NULL), "
        "heard AS (SELECT sound, min(kin) AS kin FROM kinships GROUP BY sound HAVING count(DISTINCT kin) = 1) "
        f"SELECT part.name, {plain.sound('part.name')} AS sound, kinships.family AS family, "
        "coalesce(kinships.kin, heard.kin, part.sound) AS key FROM (SELECT name, "
        f"{plain.sound('name')} AS sound FROM part) part "
        "LEFT JOIN kinships USING (name) LEFT JOIN heard ON heard.sound = part.sound"
    ).fetchall()
    con.execute(
        "CREATE OR REPLACE TABLE spelled AS SELECT spelling, string_split(name, ' ') AS tokens FROM plainly "
        "WHERE name IS NOT NULL"
    ).fetchall()


BLOCKS = {f"block_{place}": keys for place, keys in enumerate(KEYS)}
"""Each key as a column of the records."""


def _key(columns: tuple[str, ...]) -> str:
    """SQL: a key as one number; NULL where a part of it is missing."""
    whole = " AND ".join(f"{column} IS NOT NULL" for column in columns)
    return f"CASE WHEN {whole} THEN hash({', '.join(columns)}) END"


def _unshared(name: str, columns: tuple[str, ...]) -> str:
    """SQL: a key, left empty where too many records share it."""
    most = SHARED if len(columns) > 1 else ALONE
    many = f"SELECT {name} FROM shared WHERE {name} IS NOT NULL GROUP BY {name} HAVING count(*) > {most}"
    return f"CASE WHEN {name} NOT IN ({many}) THEN {name} END"


_SAID = f"""
CREATE OR REPLACE TABLE said AS SELECT
    number, unique_id, source_dataset,
    given.tokens[1] AS given,
    coalesce(array_to_string(middle.tokens, ' '), nullif(array_to_string(given.tokens[2:], ' '), '')) AS middle,
    array_to_string(family.tokens, '') AS surname,
    list_filter(family.tokens, lambda part: length(part) > 2) AS surname_parts,
    {plain.born("dob")} AS born, {plain.gender("gender")} AS gender, {plain.phone("phone")} AS phone,
    {plain.postcode("postcode")} AS postcode, {plain.area("postcode")} AS area,
    {plain.street("street")} AS street, {plain.house("house_no", "street")} AS house,
    nullif(trim(regexp_replace(lower(strip_accents(town)), '[^a-z]+', ' ', 'g')), '') AS town,
    nullif(regexp_replace(nhs_number, '[^0-9]', '', 'g'), '') AS nhs,
    nullif(upper(regexp_replace(upn, '[^A-Za-z0-9]', '', 'g')), '') AS upn
FROM lists
LEFT JOIN spelled given ON given.spelling = given_name
LEFT JOIN spelled middle ON middle.spelling = middle_name
LEFT JOIN spelled family ON family.spelling = lists.surname
"""
_PHONES = """
UPDATE said SET phone = NULL WHERE phone IN (
    WITH each AS (SELECT phone, count(*) AS times FROM said WHERE phone IS NOT NULL GROUP BY phone)
    SELECT phone FROM each WHERE times > {many} AND times > 10 * (SELECT avg(times) FROM each))
"""
_RECORDS = f"""
CREATE OR REPLACE TABLE records AS WITH keyed AS (
    SELECT said.*, one.family AS given_family, one.sound AS given_sound, one.key AS given_key,
        other.family AS surname_family, other.sound AS surname_sound, other.key AS surname_key,
        least(one.key, other.key) || '|' || greatest(one.key, other.key) AS names_key,
        strftime(born, '%Y%m%d') AS born_text, year(born) AS birth_year,
        year(born) * 10000 + least(month(born), day(born)) * 100 + greatest(month(born), day(born)) AS born_key,
        house || '|' || street AS door, house || '|' || postcode AS home
    FROM said LEFT JOIN parts one ON one.name = given LEFT JOIN parts other ON other.name = surname
), shared AS (SELECT *, {", ".join(f"{_key(keys)} AS {name}" for name, keys in BLOCKS.items())} FROM keyed)
SELECT * REPLACE ({", ".join(f"{_unshared(name, keys)} AS {name}" for name, keys in BLOCKS.items())}),
    count(*) OVER (PARTITION BY names_key) AS namesakes,
    {
    ", ".join(
        f"count(*) OVER (PARTITION BY {name}) / (SELECT count({name}) FROM said) AS {name}_share" for name in SEEN
    )
}
FROM shared
"""
