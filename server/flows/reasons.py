"""Why an effect waits, failed, was stopped or is gone: stored as `name` or `name: detail`, read in either language."""

from __future__ import annotations

REASONS = {
    "answer_gone": {
        "en": "The answer that caused it no longer counts.",
        "es": "La respuesta que lo originó ya no cuenta.",
    },
    "stage_left": {
        "en": "The lead is no longer in the stage that caused it.",
        "es": "El lead ya no está en la etapa que lo originó.",
    },
    "back_changed": {
        "en": "Withdrawn: the answer changed to “{detail}”.",
        "es": "Retirada: la respuesta cambió a «{detail}».",
    },
    "back_withdrawn": {
        "en": "Withdrawn: the person took the answer back.",
        "es": "Retirada: la persona retiró su respuesta.",
    },
    "back_machine": {
        "en": "Withdrawn: a machine gave the answer.",
        "es": "Retirada: la respuesta la dio una máquina.",
    },
    "back_undecided": {
        "en": "Withdrawn: it is not certain that a person gave the answer.",
        "es": "Retirada: no es seguro que la respuesta sea de una persona.",
    },
    "back_stage": {
        "en": "Withdrawn: the lead is no longer in the stage that asked for it.",
        "es": "Retirada: el lead ya no está en la etapa que la pedía.",
    },
    "back_cancelled": {
        "en": "Withdrawn: the appointment was cancelled.",
        "es": "Retirada: la cita se canceló.",
    },
    "lead_won": {
        "en": "Closed: the lead was won.",
        "es": "Cerrada: se ganó el lead.",
    },
    "lead_lost": {
        "en": "Closed: the lead was lost.",
        "es": "Cerrada: se perdió el lead.",
    },
    "counts_again": {
        "en": "Not needed: the answer counts again.",
        "es": "No hizo falta: la respuesta vuelve a contar.",
    },
    "nothing_to_correct": {
        "en": "Not needed: the action to take back had not happened.",
        "es": "No hizo falta: lo que iba a retirar no había ocurrido.",
    },
    "cannot_correct": {
        "en": "{detail} cannot receive corrections. Correct it there by hand.",
        "es": "{detail} no recibe correcciones. Corrígelo allí a mano.",
    },
    "being_sent": {
        "en": "The email is being sent now; it is withdrawn if the sending fails.",
        "es": "El correo se está enviando ahora; si el envío falla, se retira.",
    },
    "no_lead": {
        "en": "The person has never answered, so there is no lead to change.",
        "es": "La persona nunca ha contestado, así que no hay un lead que cambiar.",
    },
    "nobody": {
        "en": "None of the named people is in the team any more.",
        "es": "Ninguna de las personas indicadas sigue en el equipo.",
    },
    "loop": {
        "en": "Stopped, because these flows would start one another without end: {detail}.",
        "es": "Detenido, porque estos flujos se activarían entre sí sin fin: {detail}.",
    },
    "unless": {
        "en": "Not needed any more: {detail}.",
        "es": "Ya no hacía falta: {detail}.",
    },
    "flow_off": {
        "en": "The flow was switched off before this was due.",
        "es": "El flujo se apagó antes de que llegara su momento.",
    },
    "restored": {
        "en": "It was pending in the backup that was restored: it may have happened already. Check before you run it again.",
        "es": "Estaba pendiente en la copia de seguridad que se restauró: puede que ya haya ocurrido. Compruébalo antes de repetirlo.",
    },
    "no_contact": {
        "en": "The person is no longer in the database.",
        "es": "La persona ya no está en la base de datos.",
    },
    "no_owner": {
        "en": "The lead has no owner, and the flow names no other recipient. Give the lead an owner and run it again.",
        "es": "El lead no tiene responsable y el flujo no indica a quién más avisar. Asígnale un responsable y repítelo.",
    },
    "cannot": {
        "en": "It cannot be done: {detail}",
        "es": "No se puede hacer: {detail}",
    },
    "error": {
        "en": "It failed ({detail}). Acto tries again automatically.",
        "es": "Falló ({detail}). Acto lo reintenta automáticamente.",
    },
    "gave_up": {
        "en": "It was tried for three days without success; the last time: {detail}.",
        "es": "Se intentó durante tres días sin éxito; la última vez: {detail}.",
    },
    "no_endpoint": {
        "en": "There is no webhook “{detail}” any more.",
        "es": "Ya no existe el webhook «{detail}».",
    },
    "booking_gone": {
        "en": "The appointment that caused it was cancelled.",
        "es": "La cita que la originó se canceló.",
    },
    "endpoint_off": {
        "en": "The webhook “{detail}” is off. Switch it on and run this again.",
        "es": "El webhook «{detail}» está apagado. Enciéndelo y repite esto.",
    },
    "gone_for_good": {
        "en": "The receiver answered that it was removed (410), so the webhook was switched off.",
        "es": "El receptor dijo que ya no existe (410), así que el webhook se apagó.",
    },
    "refused_status": {
        "en": "The receiver answered {detail} instead of 2xx. Acto tries again automatically.",
        "es": "El receptor contestó {detail} en lugar de 2xx. Acto lo reintenta automáticamente.",
    },
    "redirect": {
        "en": "The receiver redirects to another address ({detail}), and a webhook follows no redirect. Correct its address.",
        "es": "El receptor redirige a otra dirección ({detail}) y un webhook no sigue redirecciones. Corrige su dirección.",
    },
    "private_address": {
        "en": "{detail} is an address inside a network, not on the internet; nothing was sent to it. An operator can "
        "allow it by the setting webhook_private_hosts.",
        "es": "{detail} es una dirección interna, no de internet; no se le envió nada. Quien opera Acto puede permitirla "
        "con el ajuste webhook_private_hosts.",
    },
    "bad_url": {
        "en": "A webhook cannot call {detail}: write https://, a host and a path, without user, spaces or accents.",
        "es": "Un webhook no puede llamar a {detail}: escribe https://, un servidor y una ruta, sin usuario, espacios ni tildes.",
    },
    "not_https": {
        "en": "Write https:// for {detail}, so that nobody on the way can read it.",
        "es": "Escribe https:// para {detail}, para que nadie lo lea por el camino.",
    },
    "no_connection": {
        "en": "The receiver could not be reached ({detail}). Acto tries again automatically.",
        "es": "No se pudo conectar con el receptor ({detail}). Acto lo reintenta automáticamente.",
    },
    "too_slow": {
        "en": "The receiver did not answer within {detail} seconds. Acto tries again automatically.",
        "es": "El receptor no contestó en {detail} segundos. Acto lo reintenta automáticamente.",
    },
    "garbled": {
        "en": "The answer of the receiver is not HTTP ({detail}). Acto tries again automatically.",
        "es": "La respuesta del receptor no es HTTP ({detail}). Acto lo reintenta automáticamente.",
    },
}
DETAIL_MAX = 300  # characters


def reason(name: str, detail: object = "") -> str:
    """The form that is stored; `detail` on one line and not for ever."""
    said = " ".join(str(detail).split())[:DETAIL_MAX]
    return f"{name}: {said}" if said else name


def sentence(stored: str, language: str = "en") -> str:
    """The stored reason for a person to read; '' stays ''."""
    name, _, detail = stored.partition(": ")
    return REASONS[name][language].format(detail=detail) if name in REASONS else stored
