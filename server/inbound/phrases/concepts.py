"""Lists words for common options in eight languages, so that a person may answer an English mail with "noir".

A row is one concept. If only one label contains a word of a row, any word of the row chooses that option.
"""

from server.inbound.phrases.model import Phrases, phrases

CONCEPTS: tuple[Phrases, ...] = tuple(
    phrases(row)
    for row in (
        (
            "ahora, ahora mismo, ya mismo, now, right now, agora, maintenant, tout de suite, jetzt, sofort, adesso, subito, "
            "ara, ara mateix, agora mesmo, inmediatamente, immediately, imediatamente, immédiatement"
        ),
        (
            "más adelante, más tarde, later, later on, mais adiante, mais tarde, mais para a frente, plus tard, später, più "
            "avanti, più tardi, més endavant, més tard, máis adiante, máis tarde"
        ),
        (
            "otra hora, otro horario, otro momento, otro día, otra fecha, reprogramar, reprogramarla, reagendar, reagendarla, "
            "aplazar, aplazarla, cambiar la cita, cambiar la hora, another time, another day, another date, a different time, "
            "a different day, reschedule, rearrange, postpone, outro horário, outra hora, outro dia, outra data, remarcar, adiar, "
            "un autre horaire, une autre heure, un autre jour, un autre moment, une autre date, reporter, décaler, andere zeit, "
            "andere uhrzeit, anderen termin, anderer termin, anderen tag, verschieben, verlegen, un altro orario, un'altra ora, "
            "un altro giorno, un'altra data, spostare, spostarlo, rimandare, una altra hora, un altre dia, un altre moment, "
            "ajornar, ajornar-la, outro día, outro momento, outra data, aprazar, aprazala"
        ),
        (
            "anular, anularla, anularlo, anulo, cancelar, cancelarla, cancelarlo, cancelo, cancel, annuler, j'annule, l'annuler, "
            "absagen, ich sage ab, stornieren, annullare, annullarlo, annullarla, disdire, disdirlo, anul·lar, anul·lar-la, "
            "anul·lo, cancel·lar, cancel·lar-la, anulala, anulalo, cancelala"
        ),
        (
            "sin prisa, sin afán, sin apuro, no corre prisa, no rush, no hurry, sem pressa, rien ne presse, pas pressé, pas pressée, "
            "keine eile, eilt nicht, hat keine eile, senza fretta, nessuna fretta, non c'è fretta, sense pressa, cap pressa, "
            "sense cap pressa, no hi ha pressa, sen présa, non hai présa, no hay prisa, no hay afán, não há pressa"
        ),
        (
            "vecino, vecina, vecinos, al lado, next door, neighbour, neighbor, vizinho, vizinha, voisin, voisine, nachbar, nachbarn, "
            "nachbarin, vicino, vicina, veí, veïna, veciño, veciña"
        ),
        (
            "portería, recepción, front desk, reception, portaria, recepção, accueil, gardien, gardienne, concierge, empfang, "
            "pförtner, portineria, consergeria, recepció, portaría"
        ),
        "semana, week, semaine, woche, settimana, setmana",
        "mes, month, mês, mois, ce mois, monat, mese, este mes, aquest mes",
        "trimestre, quarter, quartal",
        "año, year, ano, année, jahr, anno",
        "email, correo, mail, e mail, correo electrónico, courriel, posta, correu, correo electrónico",
        (
            "teléfono, llamada, phone, call, telefone, ligação, téléphone, appel, telefon, anruf, telefono, telefonata, "
            "chiamata, trucada, telèfon, chamada"
        ),
        "carne, meat, viande, fleisch, carn, ternera, beef, boeuf, rind, manzo, vedella",
        "pescado, fish, peixe, poisson, fisch, pesce, peix",
        "vegetariano, vegetariana, vegetarian, végétarien, végétarienne, vegetarisch, vegetarià, vegetariana",
        "vegano, vegana, vegan, végan, végane, végétalien, végétalienne",
        "pollo, chicken, frango, poulet, hähnchen, huhn, pollastre, polo",
        "rojo, roja, red, vermelho, vermelha, rouge, rot, rosso, rossa, vermell, vermella, vermello",
        "verde, green, vert, verte, grün, verd, verda",
        "azul, blue, bleu, bleue, blau, blu, blava",
        "negro, negra, black, preto, preta, noir, noire, schwarz, nero, nera, negre",
        "blanco, blanca, white, branco, branca, blanc, blanche, weiß, weiss, bianco, bianca",
        "gris, grey, gray, cinza, cinzento, grau, grigio, grigia, gri",
        "amarillo, amarilla, yellow, amarelo, amarela, jaune, gelb, giallo, gialla, groc, groga, amarelo",
        "pequeño, pequeña, small, pequeno, pequena, petit, petite, klein, kleine, piccolo, piccola, petit, petita",
        "mediano, mediana, medium, médio, média, moyen, moyenne, mittel, medio, media, mitjà, mitjana",
        "grande, large, big, grand, groß, große, gran",
        "impuestos, taxes, tax, impostos, impôts, steuern, tasse, imposte, impostos, fiscalità",
        (
            "facturas, facturación, invoices, invoicing, billing, faturas, faturação, faturamento, factures, facturation, "
            "rechnungen, fatture, fatturazione, facturas"
        ),
        "ventas, sales, vendas, ventes, verkauf, vertrieb, vendite, vendes",
        (
            "contratación, hiring, recruiting, contratação, recrutement, embauche, einstellung, personal, assunzioni, "
            "contractació, contratación"
        ),
    )
)
