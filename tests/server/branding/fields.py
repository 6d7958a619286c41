"""A brand as its form sends it."""

from __future__ import annotations

FIELDS = {
    "name": "Norte Consultores",
    "logo": "",
    "color": "#7a1fa2",
    "font": "georgia",
    "address": "Calle 10 # 4-20, Medellín, Colombia",
    "contact": "hola@norte.example",
    "social": "https://www.instagram.com/norte\nhttps://norte.example",
    "footer_es": "Ayudamos a vender mejor.",
    "footer_en": "We help you sell better.",
}
