"""What each notice is given, once: a new notice has a row here. `Bobby` is somebody whose name should be only a name."""

from __future__ import annotations

from server.sales.digest import Line

LINK = "https://acto.example.com/x/AAAA.BBBB"
SAMPLES: dict[str, dict[str, object]] = {
    "invitation": {
        "name": "Lucía",
        "by": "Ana Restrepo",
        "sender": "Brújula Consultores",
        "role": "ventas",
        "url": LINK,
        "until": 1_804_518_000_000,  # 8 March 2027
    },
    "alert": {
        "happened": "Ana Restrepo contestó «Este mes» a «¿Para cuándo?»",
        "person": "Ana Restrepo",
        "company": "Lumbre Estudio",
        "address": "ana@lumbre.example",
        "question": "¿Para cuándo?",
        "answer": "Este mes",
        "email": "diagnosis",
        "stage": "caliente",
        "flow": "urgent",
        "words": "Llámala hoy",
        "headline": "Dijo que sí a «¿Hablamos?» · Cita: jueves 11:00",
        "url": LINK,
        "phone": "+57 300 1234567",
        "phone_url": LINK,
        "chat_url": LINK,
    },
    "alert_corrected": {
        "happened": "Ana Restrepo cambió de idea sobre «¿Hablamos?»: antes «Sí», ahora «Ahora no»",
        "person": "Ana Restrepo",
        "company": "Lumbre Estudio",
        "address": "ana@lumbre.example",
        "question": "¿Hablamos?",
        "answer": "Ahora no",
        "was": "Sí",
        "email": "diagnosis",
        "stage": "frío",
        "flow": "urgent",
        "headline": "Dijo que no a «¿Hablamos?» · Se dio de baja",
        "url": LINK,
        "phone": "+57 300 1234567",
        "phone_url": LINK,
        "chat_url": LINK,
    },
    "booking": {
        "what": "booked",
        "name": "Ana",
        "host": "Lucía Ferrer",
        "title": "Llamada de diagnóstico",
        "when": "martes 2 de marzo, 10:00 (UTC−5)",
        "minutes": 30,
        "place": "Por videollamada",
        "sender": "Brújula Consultores",
        "url": LINK,
    },
    "booking_gone": {
        "title": "Llamada de diagnóstico",
        "when": "martes 2 de marzo, 10:00 (UTC−5)",
        "sender": "Brújula Consultores",
        "url": LINK,
    },
    "booking_owner": {
        "what": "booked",
        "person": "Ana Restrepo",
        "company": "Lumbre Estudio",
        "address": "ana@lumbre.example",
        "title": "Llamada de diagnóstico",
        "when": "martes 2 de marzo, 10:00 (UTC−5)",
        "minutes": 30,
        "place": "Por videollamada",
        "sender": "Brújula Consultores",
        "url": LINK,
    },
    "digest": {
        "name": "Lucía",
        "mine": [
            Line(
                "Ana Restrepo",
                "Lumbre Estudio",
                "caliente",
                "Dijo que sí a «¿Hablamos?» · hoy",
                "El 3 de mayo dijo «Este mes»: urgencia +40",
                "Llamar",
                LINK,
            )
        ],
        "free": [Line("Bruno Salas", "", "tibio", "", "", "", LINK)],
        "more": False,
        "url": LINK,
        "sender": "Brújula Consultores",
    },
    "reset": {"name": "Lucía", "url": LINK},
}
BOBBY = "Bobby <b>{{ 7*7 }}</b>\r\nBcc: all@example.com\n\nhttps://evil.example \u202e\"'&"
