"""How people ask in Indonesian not to be written to any more."""

from samvad.kernel.phrases import Vocabulary

VOCABULARY = Vocabulary(
    bare="""
keluar; unreg
""",
    words="""
berhenti; stop dulu; hentikan; setop; berhenti berlangganan; jangan kirim; jangan kirim lagi
jangan krim lagi; jgn kirim lagi; jangan ganggu; jangan spam; jangan hubungi; hapus nomor saya; hapus no saya
berhenti kirim; berhenti mengirim; jangan chat lagi; jangan wa lagi; jangan dikirim lagi
""",
    lists={
        "not": """
jangan jgn jangn jangan+pernah gausah ga+usah gak+usah nggak+usah tidak+usah tdk+usah tidak+perlu
ga+perlu gak+perlu
""",
        "send": """
kirim kirim2 krm2 kirim+kirim kirimi kirimkan mengirim mengirimi krm ngirim kirimin dikirim dikirimi 
ngirimin share
""",
        "reach": """
hubungi menghubungi ganggu mengganggu kontak mengontak chat chatting ngechat wa whatsapp sms spam nyepam
ngespam japri gangguin menchat
""",
        "me": """
saya aku sy ak gue gw kami kita ke+saya ke+aku ke+nomor+ini nomor+ini nomor+saya ke+nomor+saya
ke+no+saya ke+sini ke+wa+saya no+ini lagi
""",
        "obj": """
pesan sms wa chat promo promosi iklan spam penawaran notifikasi broadcast pesannya info+promo whatsapp
bc newsletter apapun apa+pun apa+apa beginian
""",
        "no": "tidak tdk ga gak nggak ngga enggak engga tak gk g ndak nda",
        "few": """
pesan lagi saya ke semua segala ini itu yang dari kalian anda kamu untuk apa apapun seperti macam sms wa
chat iklan promo info banyak terus
""",
        "list": """
daftar list kontak database broadcast grup group langganan sistem milis data penerima promo siaran wa
""",
    },
    phrases="""
mau|ingin|minta|tolong|mohon|cara stop|setop|berhenti|batal berlangganan|langganan|subscribe $
keluarin|keluarkan saya|aku|gue|gw|kami dari {few}~ {list}
hapusin nomor|nomer|no|kontak saya|aku|gue|gw
nomor|nomer|no|kontak|data|nama saya|aku|sy|ini|kami? dihapus|dikeluarkan|dihilangkan|dicabut
keluar|dikeluarkan|dihapus|dicabut dari {few}~ daftar|list|grup|group|broadcast|siaran|kontak|database|milis
batalkan|batal|cabut|hentikan langganan|berlangganan {few}~ {obj}
capek|bosan|muak|risih terima|menerima|dapat|dengan|sama? {few}~ {obj} *~ stop|berhenti|jangan
blokir kalau|jika|kalo ... kirim|chat|wa|spam
^ tidak|tdk lagi? menghubungi|mengirim*|mengganggu saya|aku|kami
{no} mau|ingin|pengen|bersedia|berminat|minat|butuh|tertarik ... \
terima|menerima|dapat|mendapat|dikirim|dikirimi ... \
pesan|promo|promosi|iklan|sms|spam|broadcast|chat
stop|berhenti|hentikan|setop ... pesan|promo|promosi|iklan|sms|spam|broadcast $
jangan|jgn ... pesan|promo|promosi|iklan|sms|spam|broadcast lagi
keluarkan|hapus|hilangkan|cabut nomor|nomer|no|kontak saya|aku|sy|ini $
mohon|tolong|harap|saya+minta tidak|tdk|jangan|gak|ga lagi? \
menghubungi|mengirim*|kirim|mengganggu|chat|wa|sms
ingin|mau|minta|tolong|mohon|harap|pengen berhenti|stop|dihentikan \
menerima|terima|dikirimi|dapat|dikirim|mendapatkan {few}~ {obj}
tolong|mohon|harap hentikan|stop|dihentikan|setop {few}~ {obj}
berhenti menerima|dikirimi {few}~ {obj}
jangan lagi? mengirimkan|kirimkan|dikirimkan|kirim+kirim|ngirim+ngirim {few}~ {obj}
mau|ingin|minta|tolong|mohon|cara unsubscribe|unsub|unreg
{not} {send} {me}~ {few}~ {obj}
{not} {send} {me}~ lagi $
{not} {send} {me} $
{not} {reach} {me}
{not} {reach} lagi
{not} di {reach} lagi
stop|berhenti|hentikan|setop|stopin|berhentilah {send} {me}~ {few}~ {obj}
stop|berhenti|hentikan|setop {send} {me}~ $
stop|berhenti|hentikan|setop {reach} {me}
stop|berhenti|hentikan|setop {few}~ {obj} {few}~ $
stop|berhenti|hentikan|setop pengiriman {few}~ {obj}
{no} mau|ingin|pengen|pengin|minat|berkenan|bersedia|perlu lagi? \
terima|menerima|dapat|mendapat*|dapet|dikirimi|dikirim {few}~ {obj}
{no} mau|ingin|pengen lagi? menerima|terima|dapat $
{no} mau|ingin|pengen lagi? dihubungi|diganggu|dichat|di+chat|di+hubungi|di+ganggu|disms|di+wa|dikirimi
hapus|keluarkan|hilangkan|buang|delete|remove|cabut|hapuskan nomor|nomer|no|kontak|data|nama? \
hp|wa|telepon? saya|aku|sy|gue|gw|ini|kami dari|di {few}~ {list}
hapus|hilangkan|delete|buang nomor|nomer|no|kontak hp|wa|telepon? saya|aku|sy|gue|gw|ini $
hapus|hilangkan|delete|buang nomor|nomer|no|kontak hp|wa|telepon? saya|aku|sy|gue|gw|ini \
sekarang|ya|segera|dong|tolong|dan|terima
mau|ingin|cara|bagaimana|gimana|minta|saya berhenti berlangganan|langganan $
berhenti|stop berlangganan|langganan {few}~ {obj}
keluarkan saya $
unsub|unsubscribe saya|nomor|no|aku|dong|ya
biarkan saya sendiri
{no} mau {few}~ spam|iklan|promo|broadcast lagi?
""",
    defused="""
jangan|jgn lupa|sampai|ragu ... pesan|promo|iklan
jangan|jgn|tidak|ga|gak|nggak|kenapa|mengapa|kapan|halte|tempat|pernah|bus|jangan+sampai berhenti|stop
{not} {reach} {me} sekarang|hari|malam|sebelum|setelah|jam|dulu|besok|pas|saat|kalau|lewat|di+jam|siang|\
pagi|telepon|telpon|tapi
{not} {send} {me}~ {obj}? sekarang|hari|malam|sebelum|setelah|jam|dulu|besok|kalau|lewat|via
dari pesanan|order|keranjang|alamat|pemesanan
{not} lupa
""",
)
