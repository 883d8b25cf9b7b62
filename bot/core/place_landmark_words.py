"""The words that begin a landmark, by what may follow them, and the words that end its name."""

from bot.core.place_names import LEVEL_WORDS

NEAR = "near"
"""It is near what follows, which may be another landmark."""
TOWN = "town"
"""A building named after its town or village."""
CITY = "city"
"""A building named after its kecamatan at least, or after somebody."""
OWN = "own"
"""It has a name of its own."""
NUMBER = "number"
"""A number follows."""

_WORDS = {
    NEAR: """
        dekat deket dkt dekatnya deketnya cedak cedhak sebelah samping depan belakang seberang sekitar pinggir tepi
        ngarep ngarepe mburi mburine bawah lereng emper emperan teras
        """,
    TOWN: """
        alun|alun alun2 terminal stasiun stasiun|kota stasiun|kota|baru halte puskesmas pustu lapangan jembatan
        makam kuburan
        pasar pasar|turi pasar|baru pasar|legi pasar|kliwon pasar|pon pasar|wage pasar|pahing
        kantor kantor|pos balai balai|desa balai|deso balai|dusun balai|kota balai|rw balai|rt polsek koramil
        pos pos|polisi pos|kamling pos|satpam pos|ronda pos|hansip gardu poskamling
        sekolah tk paud sd sdn mi min smp smpn mts sma sman smk smkn man
        pertigaan perempatan simpang simpang|empat simpang|lima lampu|merah bangjo
        indomaret alfamart spbu pom|bensin
        """,
    CITY: """
        rs rsu rsud rsi rsj rsia rumah|sakit rumah|sakit|jiwa rumah|sakit|umum rumah|sakit|umum|daerah rumah|sakit|islam
        kampus universitas bandara pelabuhan stadion polres kodim pabrik toko warung warung|padang warkop hotel losmen
        ruko mall swalayan rumah|makan rumah|makan|padang kos kost kosan kontrakan hutan sawah kebon rel tol kolong
        """,
    OWN: """
        jl jln jalan gg gang dsn dsun dusun lingkungan lingk ling kampung kampong kp perum perumahan perumnas komplek
        kompleks blok rumah rumahe rumahnya omah omahe griyo griya rusun
        pintu|keluar pintu|masuk pintu|gerbang pintu|tol gerbang gapura
        masjid mesjid masjit musholla mushola musolla musala langgar surau gereja pura wihara vihara klenteng kelenteng
        ponpes pondok|pesantren laut selat pantai sungai kali gunung
        """,
    NUMBER: "rt rw rtrw no nomor nomer",
}
HEADS = {tuple(head.split("|")): kind for kind, heads in _WORDS.items() for head in heads.split()}
"""The kind of each landmark word, or of several words that are one."""
MOST = max(map(len, HEADS))
ENDS = frozenset(
    """
    di ke dari pada yang yg dan daerah wilayah masuk ikut tepatnya arah kene kono nang ndek nek ning neng
    """.split()  # noqa: SIM905 - as a paragraph of words it can be read
)
"""The name of a landmark ends before these; the level words end it too."""
TITLES = frozenset("pak bu bapak ibu mbah mbak mas haji hj kyai kiai gus ustad ustadz pakde bude bulik paklik".split())  # noqa: SIM905
"""The name of a person follows: "rumah pak Slamet" lies in any village."""
LEVELS = LEVEL_WORDS.keys() - {"lurah", "camat"}
"""A lurah and a camat are people, and have houses."""
