"""Why a message waits, failed or was stopped: stored as `name` or `name: detail`, read in either language."""

from __future__ import annotations

from server.sending import gate

REASONS = {
    "no_connection": {
        "es": "No se pudo conectar con el servidor de correo ({detail}). Acto lo reintenta automáticamente.",
        "en": "The mail server could not be reached ({detail}). Acto tries again automatically.",
    },
    "untrusted": {
        "es": "El certificado del servidor de correo no es de confianza ({detail}), así que no se le envió nada. "
        "Revisa smtp_url; si su autoridad es privada, agrégala a las del sistema o indícala en SSL_CERT_FILE. "
        "Acto lo reintenta automáticamente.",
        "en": "The certificate of the mail server is not trusted ({detail}), so nothing was sent to it. "
        "Check smtp_url; add a private authority to those of the system, or name it in SSL_CERT_FILE. "
        "Acto tries again automatically.",
    },
    "no_tls": {
        "es": "No hay una conexión cifrada con el servidor de correo ({detail}), y sin ella no sale nada. "
        "Revisa smtp_url. Acto lo reintenta automáticamente.",
        "en": "There is no encrypted connection to the mail server ({detail}), and Acto sends nothing without one. "
        "Check smtp_url. Acto tries again automatically.",
    },
    "no_login": {
        "es": "El servidor de correo no aceptó el usuario o la contraseña ({detail}). Corrige smtp_url y reinicia el "
        "proceso de envío; los mensajes esperan.",
        "en": "The mail server did not accept the user or the password ({detail}). Correct smtp_url and restart the "
        "worker; the messages wait.",
    },
    "not_set_up": {
        "es": "Falta algo en los ajustes: {detail} El mensaje espera.",
        "en": "Something in the settings is wrong: {detail} The message waits.",
    },
    "deferred": {
        "es": "El servidor de correo pidió esperar ({detail}). Acto lo reintenta automáticamente.",
        "en": "The mail server asked to wait ({detail}). Acto tries again automatically.",
    },
    "interrupted": {
        "es": "La conexión se cortó antes de terminar el envío ({detail}). Acto lo reintenta automáticamente.",
        "en": "The connection broke before the message was complete ({detail}). Acto tries again automatically.",
    },
    "refused": {
        "es": "El servidor de correo lo rechazó: {detail}.",
        "en": "The mail server refused it: {detail}.",
    },
    "gave_up": {
        "es": "Se intentó durante casi un día sin éxito; lo último fue: {detail}.",
        "en": "It was tried for most of a day without success; the last reply was: {detail}.",
    },
    "no_reply": {
        "es": "La conexión se cortó cuando el mensaje ya estaba completo ({detail}): puede que haya llegado. "
        "Compruébalo antes de reenviarlo.",
        "en": "The connection broke after the message was complete ({detail}): it may have arrived. "
        "Check before you send it again.",
    },
    "worker_gone": {
        "es": "El proceso de envío se detuvo mientras lo enviaba: puede que haya llegado. Compruébalo antes de reenviarlo.",
        "en": "The worker stopped while sending it: it may have arrived. Check before you send it again.",
    },
    "restored": {
        "es": "Esperaba en la copia de seguridad que se restauró: puede que ya haya llegado. Compruébalo antes de reenviarlo.",
        "en": "It was waiting in the backup that was restored: it may have arrived already. Check before you send it again.",
    },
    "not_composed": {
        "es": "El mensaje no se pudo escribir: {detail}",
        "en": "The message could not be written: {detail}",
    },
    "no_contact": {
        "es": "La persona ya no está en la base de datos.",
        "en": "The person is no longer in the database.",
    },
    "no_times": {
        "es": "El calendario «{detail}» no tiene horas libres que ofrecer. El mensaje espera hasta que las tenga.",
        "en": "The calendar “{detail}” has no free time to offer. The message waits until it has.",
    },
    "answer_gone": {
        "es": "La respuesta que lo originó dejó de contar antes del envío.",
        "en": "The answer that caused it stopped counting before it was sent.",
    },
    "unsubscribed": {
        "es": "La persona se dio de baja antes del envío.",
        "en": "The person unsubscribed before it was sent.",
    },
    **{rule.name: {"es": rule.es, "en": rule.en} for rule in gate.RULES},
}
DETAIL_MAX = 500  # characters: a mail server's reply can be as long as it likes


def reason(name: str, detail: object = "") -> str:
    """The form that is stored; `detail` is what someone else said, on one line and not for ever."""
    said = " ".join(str(detail).split())[:DETAIL_MAX]
    return f"{name}: {said}" if said else name


def sentence(stored: str, language: str = "en") -> str:
    """The stored reason for a person to read; '' stays ''."""
    name, _, detail = stored.partition(": ")
    return REASONS[name][language].format(detail=detail) if name in REASONS else stored
