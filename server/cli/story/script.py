# The script of the played week, to read or change. It imports nothing of Acto.
"""Lists the events of the story's week. People are named by the part of their address before the @; times are days and hours, UTC."""

from __future__ import annotations

from typing import NamedTuple


class Send(NamedTuple):
    """An email that is sent, to everybody if nobody is named."""

    day: int
    hour: float
    email: str
    to: str = ""


class Says(NamedTuple):
    """An answer of one person through a channel: page, form (no script), reply, reaction or calendar.

    AMP, Gmail's button and Outlook's card are sent only once their vendors have registered the sender, so nobody uses them.
    `said` is block=value, several with spaces between; slot=1 is the first offered time that is more than a day away.
    """

    day: int
    hour: float
    who: str
    email: str
    said: str
    channel: str = "page"


class Sweeps(NamedTuple):
    """A mail scanner that opens every link of a person's mail and presses a button of it."""

    day: int
    hour: float
    who: str
    email: str


class Works(NamedTuple):
    """An action of sales on a lead: take, note, plan, won, lost, done (its tasks), put off (days ahead, then the text)."""

    day: int
    hour: float
    who: str
    act: str
    text: str = ""


SENDS = (
    Send(0, 14.0, "diagnosis"),
    Send(1, 15.0, "order-delivered", "isabel paula camila julian owen"),
    Send(2, 14.0, "nps-after-service", "julian elena marta hugo priya jack emily diego valeria natalia"),
    Send(3, 16.0, "product-explorer", "ana andres carmen tomas oscar samuel felipe liam grace daniela"),
    Send(4, 14.0, "event-rsvp", "ana lucia ricardo pedro camila emily owen marta"),
    Send(5, 15.0, "meeting-booking", "ana grace andres felipe"),
)
SWEEPS = (
    Sweeps(0, 14.01, "bruno", "diagnosis"),
    Sweeps(0, 14.01, "sofia", "diagnosis"),
    Sweeps(0, 14.02, "pedro", "diagnosis"),
    Sweeps(2, 14.01, "hugo", "nps-after-service"),
)
SAYS = (
    Says(0, 14.2, "ana", "diagnosis", "need=follow_up when=this_month process=2 call=yes"),
    Says(0, 14.5, "andres", "diagnosis", "need=crm when=this_month call=yes"),
    Says(0, 15.1, "grace", "diagnosis", "need=crm when=this_month process=3 call=yes"),
    Says(0, 15.4, "mateo", "diagnosis", "need=proposals", "form"),
    Says(0, 16.0, "lucia", "diagnosis", "need=numbers when=three_months call=no"),
    Says(0, 17.3, "carmen", "diagnosis", "need=follow_up when=three_months"),
    Says(0, 19.0, "sofia", "diagnosis", "need=crm when=this_month"),
    Says(0, 22.0, "felipe", "diagnosis", "need=crm when=this_month process=1 call=yes"),
    Says(1, 13.2, "tomas", "diagnosis", "call=yes", "reply"),
    Says(1, 14.1, "ricardo", "diagnosis", "need=nothing call=no"),
    Says(1, 15.6, "isabel", "order-delivered", "arrived=yes delivery=5"),
    Says(1, 16.0, "paula", "order-delivered", "arrived=yes"),
    Says(1, 16.4, "camila", "order-delivered", "delivery=5", "reaction"),
    Says(1, 20.0, "owen", "order-delivered", "arrived=no delivery=2"),
    Says(1, 20.5, "oscar", "diagnosis", "need=follow_up when=someday"),
    Says(2, 14.4, "julian", "nps-after-service", "recommend=9 speak_up=introduce"),
    Says(2, 14.9, "elena", "nps-after-service", "recommend=10 speak_up=quote"),
    Says(2, 15.2, "marta", "nps-after-service", "recommend=4 improve=Tardaron_en_responder call_back=yes"),
    Says(2, 16.7, "priya", "nps-after-service", "recommend=8"),
    Says(2, 17.5, "jack", "nps-after-service", "recommend=6", "form"),
    Says(2, 21.0, "emily", "nps-after-service", "recommend=9"),
    Says(3, 12.5, "liam", "diagnosis", "need=proposals when=three_months"),
    Says(3, 16.6, "ana", "product-explorer", "part=plans part=setup next=demo"),
    Says(3, 16.9, "felipe", "product-explorer", "part=setup part=data next=trial"),
    Says(3, 17.2, "andres", "product-explorer", "part=plans"),
    Says(3, 18.0, "samuel", "product-explorer", "part=plans next=no"),
    Says(3, 21.5, "daniela", "product-explorer", "part=data"),
    Says(4, 14.3, "lucia", "event-rsvp", "coming=yes guests=1"),
    Says(4, 14.8, "ricardo", "event-rsvp", "coming=maybe", "calendar"),
    Says(4, 15.5, "owen", "event-rsvp", "coming=yes", "calendar"),
    Says(4, 17.0, "camila", "event-rsvp", "coming=no"),
    Says(4, 19.4, "lucia", "diagnosis", "when=this_month"),
    Says(5, 15.4, "ana", "meeting-booking", "slot=1"),
    Says(5, 16.2, "grace", "meeting-booking", "slot=2"),
    Says(5, 17.8, "felipe", "meeting-booking", "slot=none other_times=Mejor_la_otra_semana"),
    Says(5, 21.0, "camila", "diagnosis", "need=follow_up when=this_month call=yes"),
    Says(6, 13.0, "valeria", "diagnosis", "need=numbers when=this_month call=yes"),
)
WORKS = (
    Works(0, 15.0, "ana", "take"),
    Works(0, 15.1, "ana", "plan", "1 Llamar y proponer el diagnóstico"),
    Works(0, 20.4, "grace", "done"),
    Works(0, 21.5, "ana", "done"),
    Works(1, 13.2, "felipe", "done"),
    Works(1, 15.0, "ana", "note", "Hablamos 20 minutos. Quiere empezar con el seguimiento de cotizaciones."),
    Works(1, 15.2, "grace", "take"),
    Works(1, 15.3, "grace", "plan", "2 Send the example from another joinery"),
    Works(1, 20.3, "tomas", "done"),
    Works(2, 13.0, "andres", "take"),
    Works(2, 13.1, "andres", "won", "Firmó el diagnóstico por tres meses"),
    Works(2, 13.5, "lucia", "put off", "20 Decide el mes que viene"),
    Works(3, 13.0, "ricardo", "lost", "No tiene presupuesto este año"),
    Works(3, 14.0, "grace", "plan", "5 Ask what she thought of the example"),
    Works(5, 16.0, "ana", "plan", "1 Preparar la primera reunión"),
    Works(6, 14.0, "felipe", "take"),
    Works(6, 14.1, "felipe", "plan", "0 Proponerle tres horas de la otra semana"),
)
