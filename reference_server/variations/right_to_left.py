"""The portal speaks Arabic, and its pages run from right to left."""

from __future__ import annotations

from reference_server.faults.deviation import Deviation
from reference_server.variations.tools import in_every, restyle

VARIATION = Deviation(
    words={
        "Client Area": "منطقة العملاء",
        "Email address": "البريد الإلكتروني",
        "Password": "كلمة المرور",
        "Sign in": "تسجيل الدخول",
        "Sign in with backup code": "الدخول بالرمز الاحتياطي",
        "Sign in with your backup code": "سجّل الدخول برمزك الاحتياطي",
        "The email address or password is not right.": "البريد الإلكتروني أو كلمة المرور غير صحيحة.",
        "Security Settings": "إعدادات الأمان",
        "Two-Factor Authentication": "المصادقة الثنائية",
        "Two-factor authentication is off": "المصادقة الثنائية متوقفة",
        "Two-factor authentication is on": "المصادقة الثنائية مفعّلة",
        "Click Here to Enable": "انقر هنا للتفعيل",
        "Choose a method": "اختر طريقة",
        "How do you want to get your codes?": "كيف تريد استلام الرموز؟",
        "Time Based Tokens": "رموز مؤقتة من التطبيق",
        "Email Two-Factor Authentication": "رموز بالبريد",
        "Get Started": "ابدأ",
        "QR code for your authenticator app": "رمز الاستجابة السريعة لتطبيقك",
        "Manual key": "المفتاح اليدوي",
        "Code from the app": "الرمز من التطبيق",
        "Confirm": "تأكيد",
        "Authorization code": "رمز التفويض",
        "Activate": "تفعيل",
        "Send a new code": "أرسل رمزًا جديدًا",
        "Cancel": "إلغاء",
        "Backup code": "الرمز الاحتياطي",
        "Done": "تم",
        "Verify": "تحقق",
        "Use a backup code": "استخدم الرمز الاحتياطي",
        "Disable Two-Factor Authentication": "إيقاف المصادقة الثنائية",
        "Password to confirm": "كلمة المرور للتأكيد",
        "What is Two-Factor Authentication (2FA)?": "ما هي المصادقة الثنائية؟",
        "What is two-factor authentication?": "عن المصادقة الثنائية",
        "Turning two-factor authentication off": "كيفية إيقاف المصادقة الثنائية",
        "Submit a Support Ticket": "افتح تذكرة دعم",
        "Write to us": "اكتب إلينا",
        "Live Chat": "محادثة مباشرة",
        "Chat with us": "تحدث معنا",
        "Keep it in a safe place": "احتفظ به في مكان آمن",
        "It expires within 10 minutes.": "تنتهي صلاحيته خلال 10 دقائق.",
        "That code is not right. Enter the code that your app shows now.": "أدخل ما يعرضه التطبيق الآن.",
        "That code is not right.": "الرمز غير صحيح.",
        "That code is not right or has expired.": "الرمز غير صحيح أو انتهت صلاحيته.",
        "That backup code is not right.": "الرمز الاحتياطي غير صحيح.",
        "That password is not right.": "كلمة المرور هذه غير صحيحة.",
        "Two-factor authentication was turned off.": "تم إيقاف المصادقة الثنائية.",
        "Forgotten password?": "هل نسيت كلمة المرور؟",
        "Forgotten password": "كلمة مرور منسية",
        "Send the link": "أرسل الرابط",
        "If we know this address, a mail with a link is on its way to it.": "أُرسل الرابط إن كنا نعرف العنوان.",
        "Choose a new password": "اختر كلمة مرور جديدة",
        "New password": "كلمة المرور الجديدة",
        "Save the new password": "احفظ كلمة المرور الجديدة",
        "Your password was changed. Sign in with the new one.": "تم تغيير كلمة المرور. سجّل الدخول بالجديدة.",
        "This link no longer works": "لم يعد هذا الرابط صالحًا",
        "Change the address": "غيّر العنوان",
        "New email address": "العنوان الجديد",
        "Mail a link to the new address": "أرسل رابطًا إلى العنوان الجديد",
        "Use this address": "استخدم هذا العنوان",
        "If the address can be yours, a mail with a link is on its way to it. Until you follow it, nothing changes.": (
            "أُرسل رابط إلى العنوان. لا يتغير شيء حتى تفتحه."
        ),
        "Your email address was changed.": "تم تغيير عنوان بريدك.",
    }
)
in_every(VARIATION, "base.html", '<html lang="en">', '<html lang="ar" dir="rtl">')
restyle(
    VARIATION,
    lambda css: css.replace(".top-nav { margin-left: auto; }", ".top-nav { margin-inline-start: auto; }").replace(
        ".menu-panel { position: absolute; right: 0;", ".menu-panel { position: absolute; left: 0;"
    ),
)
