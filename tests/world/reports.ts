// Reports of mail servers, in the shapes in which Postfix, Exchange Online and Gmail write them. All of them are made: no such mail was
// ever sent, and names, hosts and identifiers are invented.

export interface Reported {
  /** Of the message that came back, with its angle brackets. */
  messageId: string;
  address: string;
  action?: 'failed' | 'delayed' | 'delivered';
  status?: string;
  said?: string;
}

const crlf = (text: string): Buffer => Buffer.from(text.replace(/\r?\n/g, '\r\n'));

/** Postfix: the returned message as headers only, xtext in Original-Recipient, the diagnosis folded over lines. */
export function postfixReport({
  messageId,
  address,
  action = 'failed',
  status = '5.1.1',
  said = `550 5.1.1 <${address}>: Recipient address rejected: User unknown in virtual mailbox table`,
}: Reported): Buffer {
  const folded = said.replace(/: /, ':\n    ');
  return crlf(`Return-Path: <>
Received: by mail.kerbrat.example (Postfix)
	id 4B2C71A0D3; Mon,  9 Mar 2026 09:12:41 +0100 (CET)
Date: Mon,  9 Mar 2026 09:12:41 +0100 (CET)
From: MAILER-DAEMON@mail.kerbrat.example (Mail Delivery System)
Subject: Undelivered Mail Returned to Sender
To: compta@kerbrat.example
Auto-Submitted: auto-replied
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status;
	boundary="7E91C1A0CE.1773043961/mail.kerbrat.example"
Message-Id: <20260309081241.4B2C71A0D3@mail.kerbrat.example>

This is a MIME-encapsulated message.

--7E91C1A0CE.1773043961/mail.kerbrat.example
Content-Description: Notification
Content-Type: text/plain; charset=us-ascii

This is the mail system at host mail.kerbrat.example.

I'm sorry to have to inform you that your message could not
be delivered to one or more recipients. It's attached below.

                   The mail system

<${address}>: host mx.client.example[192.0.2.25] said: ${said}

--7E91C1A0CE.1773043961/mail.kerbrat.example
Content-Description: Delivery report
Content-Type: message/delivery-status

Reporting-MTA: dns; mail.kerbrat.example
X-Postfix-Queue-ID: 7E91C1A0CE
X-Postfix-Sender: rfc822; compta@kerbrat.example
Arrival-Date: Mon,  9 Mar 2026 09:12:38 +0100 (CET)

Final-Recipient: rfc822; ${address}
Original-Recipient: rfc822;${address.replace('+', '+2B')}
Action: ${action}
Status: ${status}
Remote-MTA: dns; mx.client.example
Diagnostic-Code: smtp; ${folded}

--7E91C1A0CE.1773043961/mail.kerbrat.example
Content-Description: Undelivered Message Headers
Content-Type: text/rfc822-headers

Return-Path: <compta@kerbrat.example>
Received: from localhost (localhost [127.0.0.1])
	by mail.kerbrat.example (Postfix) with ESMTP id 7E91C1A0CE
From: Anne Kerbrat <compta@kerbrat.example>
To: ${address}
Subject: =?UTF-8?Q?Votre_facture?=
Message-ID: ${messageId}
Date: Mon, 09 Mar 2026 08:12:38 +0000
MIME-Version: 1.0

--7E91C1A0CE.1773043961/mail.kerbrat.example--
`);
}

/** Exchange Online: HTML beside the text, several Status-like lines, the whole message returned with its own boundary. */
export function exchangeReport({
  messageId,
  address,
  action = 'failed',
  status = '5.1.10',
  said = '550 5.1.10 RESOLVER.ADR.RecipientNotFound; Recipient not found by SMTP address lookup',
}: Reported): Buffer {
  return crlf(`Received: from PR0P264CA0001.FRAP264.PROD.OUTLOOK.COM (2603:10a6:100::1) by
 MR1P264MB0001.FRAP264.PROD.OUTLOOK.COM with HTTPS; Mon, 9 Mar 2026 08:13:02 +0000
MIME-Version: 1.0
From: <postmaster@client.example>
To: <compta@kerbrat.example>
Date: Mon, 9 Mar 2026 08:13:01 +0000
Content-Type: multipart/report; report-type=delivery-status;
	boundary="4f1b9c52-0b65-4f3d-8c1a-0d4f0f1c2e11"
X-MS-Exchange-Message-Is-Ndr:
Content-Language: fr-FR
Message-ID: <a1b2c3d4-0000-4000-8000-000000000001@MR1P264MB0001.FRAP264.PROD.OUTLOOK.COM>
In-Reply-To: ${messageId}
References: ${messageId}
Subject: =?utf-8?B?Tm9uIHJlbWlzwqA6IFZvdHJlIGZhY3R1cmU=?=
Auto-Submitted: auto-replied

--4f1b9c52-0b65-4f3d-8c1a-0d4f0f1c2e11
Content-Type: multipart/alternative; differences=Content-Type;
	boundary="5a7b6c8d-1111-4222-8333-944455556666"

--5a7b6c8d-1111-4222-8333-944455556666
Content-Type: text/plain; charset="utf-8"
Content-Transfer-Encoding: quoted-printable

Votre message n=E2=80=99a pas pu =C3=AAtre remis =C3=A0 ${address.replace('=', '=3D')}.

--5a7b6c8d-1111-4222-8333-944455556666
Content-Type: text/html; charset="utf-8"
Content-Transfer-Encoding: base64

PGh0bWw+PGJvZHk+PHA+Vm90cmUgbWVzc2FnZSBuJ2EgcGFzIHB1IMOqdHJlIHJlbWlzLjwvcD48L2JvZHk+
PC9odG1sPg==

--5a7b6c8d-1111-4222-8333-944455556666--

--4f1b9c52-0b65-4f3d-8c1a-0d4f0f1c2e11
Content-Type: message/delivery-status

Reporting-MTA: dns;MR1P264MB0001.FRAP264.PROD.OUTLOOK.COM
Received-From-MTA: dns;PR0P264CA0001.FRAP264.PROD.OUTLOOK.COM
Arrival-Date: Mon, 9 Mar 2026 08:12:59 +0000

Final-Recipient: rfc822;${address}
Action: ${action}
Status: ${status}
Diagnostic-Code: smtp;${said}
X-Display-Name: ${address}

--4f1b9c52-0b65-4f3d-8c1a-0d4f0f1c2e11
Content-Type: message/rfc822

Received: from mail.kerbrat.example (192.0.2.10) by mx.client.example
From: Anne Kerbrat <compta@kerbrat.example>
To: ${address}
Subject: Votre facture
Message-ID: ${messageId}
MIME-Version: 1.0
Content-Type: multipart/alternative; boundary="--_NmP-0011223344556677-Part_1"

----_NmP-0011223344556677-Part_1
Content-Type: text/plain; charset=utf-8

Bonjour, message-id: <not-this-one@example.fr>

----_NmP-0011223344556677-Part_1--

--4f1b9c52-0b65-4f3d-8c1a-0d4f0f1c2e11--
`);
}

/** Gmail: the status in the words of the other server over several lines, the message named by In-Reply-To as well. */
export function gmailReport({
  messageId,
  address,
  action = 'failed',
  status = '5.1.1',
  said = `550-5.1.1 The email account that you tried to reach does not exist. Please try
 550-5.1.1 double-checking the recipient's email address for typos or
 550 5.1.1 unnecessary spaces. a1-20020a00000000000b00000000000000si1000000wmb.1 - gsmtp`,
}: Reported): Buffer {
  return crlf(`Delivered-To: compta@kerbrat.example
Received: by 2002:a05:600c:0000:b0:000:0000:0000 with SMTP id x1csp000000wmb;
        Mon, 9 Mar 2026 01:14:00 -0700 (PDT)
MIME-Version: 1.0
From: Mail Delivery Subsystem <mailer-daemon@googlemail.com>
To: compta@kerbrat.example
Auto-Submitted: auto-replied
Subject: Delivery Status Notification (Failure)
References: <customer-00000000-0000-7000-8000-000000000000@kerbrat.example> ${messageId}
In-Reply-To: ${messageId}
Message-ID: <69ae0000.050a0220.000000.0001.GMR@mx.google.com>
Date: Mon, 09 Mar 2026 01:14:00 -0700 (PDT)
Content-Type: multipart/report; boundary="00000000000000a1b2063c0d1e2f"; report-type=delivery-status

--00000000000000a1b2063c0d1e2f
Content-Type: multipart/related; boundary="00000000000000a1b3063c0d1e30"

--00000000000000a1b3063c0d1e30
Content-Type: text/plain; charset="UTF-8"

** Adresse introuvable **

Votre message n'a pas pu etre distribue a ${address}.

--00000000000000a1b3063c0d1e30
Content-Type: image/png; name="icon.png"
Content-Transfer-Encoding: base64
Content-ID: <icon.png>

iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAA
AABJRU5ErkJggg==
--00000000000000a1b3063c0d1e30--
--00000000000000a1b2063c0d1e2f
Content-Type: message/delivery-status

Reporting-MTA: dns; googlemail.com
Received-From-MTA: dns; compta@kerbrat.example
Arrival-Date: Mon, 09 Mar 2026 01:13:58 -0700 (PDT)
X-Original-Message-ID: ${messageId}

Final-Recipient: rfc822; ${address}
Action: ${action}
Status: ${status}
Remote-MTA: dns; gmail-smtp-in.l.google.com. (192.0.2.26, the server for the domain client.example.)
Diagnostic-Code: smtp; ${said}
Last-Attempt-Date: Mon, 09 Mar 2026 01:14:00 -0700 (PDT)

--00000000000000a1b2063c0d1e2f
Content-Type: message/rfc822

DKIM-Signature: v=1; a=rsa-sha256; c=relaxed/relaxed; d=kerbrat.example; s=google;
        h=message-id:to:from; bh=AAAA=; b=BBBB
From: Anne Kerbrat <compta@kerbrat.example>
To: ${address}
Subject: Votre facture
Message-ID: ${messageId}

----- Message truncated -----

--00000000000000a1b2063c0d1e2f--
`);
}

/** Somebody is on holiday (RFC 3834). */
export function vacationAnswer({ messageId, address }: Reported): Buffer {
  return crlf(`From: ${address}
To: compta@kerbrat.example
Subject: =?utf-8?Q?Absence_du_bureau_:_Votre_facture?=
Auto-Submitted: auto-replied (vacation)
In-Reply-To: ${messageId}
References: ${messageId}
Content-Type: text/plain; charset=utf-8

Je suis absente jusqu'au 16 mars. 550 5.1.1 User unknown
`);
}
