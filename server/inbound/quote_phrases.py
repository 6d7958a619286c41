"""Lists the phrases by which mail programs mark their additions to a reply: attributions, header blocks, signatures and
advertising.

In Spanish, English, Portuguese, French, German, Italian, Catalan and Galician, as Gmail, Outlook, Apple Mail, Yahoo,
Thunderbird, Proton, Zoho, GMX, Samsung, K-9, Roundcube and Fastmail write them. Compared in lower case without accents.
"""

from __future__ import annotations

WROTE = (
    r"escribio|ha escrito|wrote|writes|escreveu|a ecrit|ecrit|schrieb|geschrieben|ha scritto|scrive|va escriure|"
    r"ha escrit|escribiu|a scritto"
)
BEGINS = r"el|en|on|em|no dia|as|le|am|il|il giorno|o|a|missatge de|mensaxe de|mensaje de|message de|de|da|lun|mar|mer|gio|ven|sab|dom"
FIELDS = {  # of a header block, by their content
    "from": r"de|from|von|da|expediteur|remitente|mittente",
    "sent": (
        r"enviado(?: el| em| o| a)?|enviada(?: em| el)?|fecha|sent|date|data|envoye(?: le)?|gesendet(?: am)?|datum|"
        r"inviato(?: il)?|enviat(?: el)?"
    ),
    "to": r"para|to|a|an|per a|per|cc|destinataire|destinatario",
    "subject": r"asunto|subject|assunto|objet|betreff|oggetto|assumpte|tema",
}
ORIGINAL = (
    r"mensaje original|original message|mensagem original|message d origine|message original|ursprungliche nachricht|originalnachricht"
    r"|messaggio originale|missatge original|mensaxe orixinal|mensaje reenviado|forwarded message|"
    r"mensagem encaminhada|message transfere"
    r"|weitergeleitete nachricht|messaggio inoltrato|missatge reenviat|mensaxe reenviada|mensagem reencaminhada|"
    r"reply message|mail original|original mail"
)
FORWARDED = (
    r"begin forwarded message|inicio del mensaje reenviado|inicio da mensagem|debut du message (?:reexpedie|"
    r"transfere)|anfang der weitergeleiteten|inizio messaggio inoltrato"
)

# a line that a program adds under a reply: its beginning, and the product it names
SENT = (
    r"enviado|enviada|mandado|sent|get|obtener|obten|obtenga|descarga|descargar|obter|obtenha|baixe|envoye|"
    r"obtenir|obtenez|telecharger|telechargez|gesendet|versendet|von|verschickt|holen|hole"
    r"|outlook|inviato|inviata|scarica|ottieni|spedito|enviat|obteniu|descarrega|baixar|diese nachricht wurde|"
    r"esta mensagem foi|este mensaje|questo messaggio|ce message"
)
PRODUCTS = (
    r"ios|iphone|ipad|ipod|apple|android|galaxy|samsung|huawei|xiaomi|redmi|poco|oppo|realme|oneplus|motorola|"
    r"moto|nokia|sony|lg|pixel|blackberry|windows|outlook|gmail|yahoo"
    r"|aol|proton\w*|gmx|web de|mail com|k 9|thunderbird|mail|correo|correu|email|e mail|posta|courrier|courriel|"
    r"mobile|movil|mobil|celular|telemovel|telefono|telefon|smartphone|handy|mobiltelefon|tablet"
    r"|dispositivo|dispositiu|appareil|gerat|bluemail|spark|airmail|zoho|fastmail|tutanota|hushmail|nine|edison|"
    r"infomaniak|orange|sfr|libero|tiscali|t online|webmail|app|aplicacion|mailbird|canary|icloud|cellulare|"
    r"telefonino|portable|mon telephone|mi telefono"
)
SCANNED = (
    r"(?:nao contem virus|non contiene virus|no contiene virus|ne contient (?:aucun|pas de) virus|"
    r"enthalt keine viren|senza virus|libre de virus|sin virus|virus free|livre de virus|sans virus|garanti sans|"
    r"virenfrei|privo di virus|senza virus|lliure de virus|sense virus|comprobad\w+|analizad\w+|checked|scanned|"
    r"verifie|gepruft|analys\w+|verificat\w*|controllat\w)"
)
SCANNERS = r"(?:virus|avast|avg|norton|mcafee|kaspersky|bitdefender)"
ADVERTISING = (
    r"yahoo mail (?:search organize|stress less|zueinfach)\b.*|do you yahoo.*|express yourself.*|the simplest way to.*"
)
EXCUSES = (
    r"(?:por favor |veuillez |please )?(?:disculp\w*|excus\w*|perdon\w*|sorry|desculp\w*|entschuldig\w*|"
    r"scus\w*)(?: \w+){0,5} (?:breve\w*|brevi\w*|brevedad|brevidade|kurz\w*|concis\w*|typos|erratas)(?: \w+){0,4}"
)
LEGAL = (
    r"(?:aviso (?:legal|de confidencialidad|de confidencialidade|de privacidad)|avis (?:legal|"
    r"de confidencialitat)|nota (?:legal|de confidencialidad)|clausula de confidencialidad|confidentiality notice|"
    r"disclaimer|legal notice"
    r"|avertissement|mentions? legales?|vertraulichkeitshinweis|informativa privacy|"
    r"avviso di riservatezza|nota di riservatezza|proteccion de datos)\b"
)
LEGAL_SAYS = (
    r"(?:confiden\w*|vertraulich\w*|riservat\w*|destinat\w*|intended|privileg\w*|empfanger|adressat\w*|legally|"
    r"unauthori\w*|no autorizad\w*|recipient)"
)
BY_LAW = (
    r"(?:ai sensi|de conformidad|en cumplimiento|conforme a|in accordance|in compliance|gemass|conformement|"
    r"en application|de acordo com|em conformidade|d acord amb|de acordo co)(?: \w+){0,8} (?:rgpd|gdpr|dsgvo|lopd|"
    r"lgpd|regolamento|reglamento|regulation|reglement|regulamento|reglament|regulamento|ley|lei|llei|loi|d lgs|"
    r"2016)\b"
)
THIS_MAIL = (
    r"(?:este|esta|el presente|la presente|this|the information|ce|cet|cette|le present|diese|dieses|der inhalt|"
    r"questo|questa|il presente|aquest|aquesta|a presente|o presente|la informacion|as informacoes|"
    r"les informations|le informazioni|a informacion)"
)
MESSAGE = (
    r"(?:mensaje|correo|comunicacion|e ?mail|message|transmission|information|mensagem|mail|courriel|nachricht|"
    r"messaggio|comunicazione|missatge|correu|mensaxe|contained|contenida|contidas|contenues|contenute)"
)
PRINTING = (
    r"(?:antes de imprimir|piensa antes de imprimir|piense en el medio ambiente|please consider the environment|"
    r"think before (?:you )?print\w*|pense a l environnement|pensez a l environnement|bitte prufen sie der umwelt|"
    r"pensa all ambiente|abans d imprimir|prima di stampare)"
)
