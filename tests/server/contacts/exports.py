"""Lists as other programs export them, after the columns that they document: who is in each, and what must come of it."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True)
class Export:
    """An export with one person, Pía Núñez. `gives` is what the contact has besides name and address."""

    program: str
    text: str
    gives: dict[str, str] = field(default_factory=dict)
    refused: str = ""


MOBILE = {"phone": "+573001234567"}
EXPORTS = {
    "google": Export(
        "Google",
        "First Name,Middle Name,Last Name,Phonetic First Name,Organization Name,Organization Title,Notes,Labels,"
        "E-mail 1 - Label,E-mail 1 - Value,Phone 1 - Label,Phone 1 - Value\n"
        "Pía,,Núñez,,Casa,Gerente,,Clientes ::: * myContacts,* Work,pia@example.com,Mobile,300 123 4567\n",
        {"company": "Casa", "tags": ",clientes,", **MOBILE},
    ),
    "google-old": Export(
        "Google",
        "Name,Given Name,Additional Name,Family Name,Group Membership,E-mail 1 - Type,E-mail 1 - Value,Phone 1 - Value\n"
        "Pía Núñez,Pía,,Núñez,* myContacts ::: VIP,*,pia@example.com,+57 300 123 4567\n",
        {"tags": ",vip,", **MOBILE},
    ),
    "outlook-en": Export(
        "Outlook",
        "Title,First Name,Middle Name,Last Name,Suffix,Company,Department,Job Title,Business Phone,Mobile Phone,"
        "Business Country/Region,E-mail Address,E-mail Type,E-mail Display Name,Categories\n"
        ",Pía,,Núñez,,Casa,,Gerente,,300 123 4567,Colombia,pia@example.com,SMTP,Pía Núñez,Clientes\n",
        {"company": "Casa", "country": "CO", "tags": ",clientes,", **MOBILE},
    ),
    "outlook-es": Export(
        "Outlook",
        "Tratamiento;Nombre;Segundo nombre;Apellidos;Sufijo;Organización;Departamento;Puesto;Teléfono del trabajo;"
        "Teléfono móvil;País o región del trabajo;Dirección de correo electrónico;Tipo de correo electrónico;Categorías\n"
        ";Pía;;Núñez;;Casa;;Gerente;;300 123 4567;Colombia;pia@example.com;SMTP;Clientes\n",
        {"company": "Casa", "country": "CO", "tags": ",clientes,", **MOBILE},
    ),
    "outlook-pt": Export(
        "Outlook",
        "Título;Nome;Segundo Nome;Sobrenome;Sufixo;Empresa;Departamento;Cargo;Telefone Comercial;Telefone Celular;"
        "País/Região Comercial;Endereço de Email;Tipo de Email;Categorias\n"
        ";Pía;;Núñez;;Casa;;Gerente;;+55 11 91234-5678;Brasil;pia@example.com;SMTP;Clientes\n",
        {"company": "Casa", "country": "BR", "tags": ",clientes,", "phone": "+5511912345678"},
    ),
    "thunderbird": Export(
        "Thunderbird",
        "First Name,Last Name,Display Name,Nickname,Primary Email,Secondary Email,Screen Name,Work Phone,Home Phone,"
        "Fax Number,Pager Number,Mobile Number,Home Country,Job Title,Organization\n"
        "Pía,Núñez,Pía Núñez,,pia@example.com,,,,,,,300 123 4567,Colombia,Gerente,Casa\n",
        {"company": "Casa", "country": "CO", **MOBILE},
    ),
    "linkedin": Export(
        "LinkedIn",
        "Notes:\n"
        '"When exporting your connection data, you may notice that some of the email addresses are missing."\n\n'
        "First Name,Last Name,URL,Email Address,Company,Position,Connected On\n"
        "Pía,Núñez,https://example.com/pia,pia@example.com,Casa,Gerente,12 Mar 2026\n",
        {"company": "Casa"},
    ),
    "mailchimp": Export(
        "Mailchimp",
        "Email Address,First Name,Last Name,Address,Phone Number,MEMBER_RATING,OPTIN_TIME,CONFIRM_TIME,TIMEZONE,CC,"
        "LAST_CHANGED,LEID,EUID,NOTES,TAGS\n"
        'pia@example.com,Pía,Núñez,,300 123 4567,2,,2026-01-01 00:00:00,America/Bogota,CO,,1,2,,"""Feria 2026"",""VIP"""\n',
        {"country": "CO", "time_zone": "America/Bogota", "tags": ",feria-2026,vip,", **MOBILE},
    ),
    "mailchimp-unsubscribed": Export(
        "Mailchimp",
        "Email Address,First Name,Last Name,MEMBER_RATING,OPTIN_TIME,UNSUB_TIME,UNSUB_REASON,LEID\n"
        "pia@example.com,Pía,Núñez,2,,2026-01-01 00:00:00,NORMAL,1\n",
        refused="unsubscribed",
    ),
    "hubspot": Export(
        "HubSpot",
        "Record ID,First Name,Last Name,Email,Phone Number,Contact owner,Company name,Country/Region,"
        "Unsubscribed from all email\n"
        "1,Pía,Núñez,pia@example.com,+57 300 123 4567,Mara,Casa,Colombia,true\n",
        {"company": "Casa", "country": "CO", **MOBILE},
        "unsubscribed",
    ),
    "brevo": Export(
        "Brevo",
        "CONTACT ID;EMAIL;LASTNAME;FIRSTNAME;SMS;WHATSAPP;ADDED_TIME;MODIFIED_TIME;EMAIL_BLACKLISTED\n"
        "1;pia@example.com;Núñez;Pía;573001234567;+573001234567;2026-01-01;2026-01-02;true\n",
        {"phone": "+573001234567", "whatsapp": "+573001234567"},
        "do_not_contact",
    ),
    "mautic": Export(
        "Mautic",
        "id,title,firstname,lastname,company,position,email,mobile,phone,points,preferred_locale,country,tags,dnc\n"
        "1,,Pía,Núñez,Casa,Gerente,pia@example.com,300 123 4567,,10,es,Colombia,feria|vip,0\n",
        {"company": "Casa", "country": "CO", "tags": ",feria,vip,", **MOBILE},
    ),
    "listmonk": Export(
        "listmonk",
        "uuid,email,name,attributes,status,created_at,updated_at\n"
        'x,pia@example.com,Pía Núñez,"{""city"": ""Bogotá""}",blocklisted,2026-01-01,2026-01-02\n',
        refused="do_not_contact",
    ),
    "pipedrive": Export(
        "Pipedrive",
        "Person - Name,Person - Label,Person - Organization,Person - Email - Work,Person - Email - Home,"
        "Person - Phone - Work,Person - Phone - Mobile,Person - Marketing status\n"
        "Pía Núñez,Cliente,Casa,pia@example.com,,,300 123 4567,Unsubscribed\n",
        {"company": "Casa", "tags": ",cliente,", **MOBILE},
        "unsubscribed",
    ),
    "zoho": Export(
        "Zoho",
        "Record Id,Contact Owner,First Name,Last Name,Account Name,Email,Phone,Mobile,Email Opt Out,Mailing Country,Tag\n"
        "1,Mara,Pía,Núñez,Casa,pia@example.com,,300 123 4567,true,Colombia,VIP\n",
        {"company": "Casa", "country": "CO", "tags": ",vip,", **MOBILE},
        "unsubscribed",
    ),
    "salesforce": Export(
        "Salesforce",
        '"Id","FirstName","LastName","Email","AccountId","Phone","MobilePhone","MailingCountry","HasOptedOutOfEmail"\n'
        '"1","Pía","Núñez","pia@example.com","2","","300 123 4567","Colombia","1"\n',
        {"country": "CO", **MOBILE},
        "unsubscribed",
    ),
}
