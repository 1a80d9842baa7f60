"""
Words for paying, visiting and buying that mean one thing, in eight languages; not checked by native
speakers.
"""

MONEY = """
price costs pricelist cuesta cuestan cuestas cobran cobra cobro custa custam coute tarifas precios; fee
fees taxa taxas comision comissao cargo cargos cuota recargo surcharge surcharges frais biaya; deposit
deposits anticipo anticipos senal sinal entrada adelanto enganche apartado fianza caucao arras acompte dp
downpayment reservafee; pay pago pagos pagan pagar abonar liquidar paga pagamento pagamentos pague
payable; card cards tarjeta tarjetas cartao cartoes credit debit credito debito kartu; cash efectivo
dinheiro numerario especie especes tunai naqad; installments installment instalments instalment cuotas
mensualidades intereses parcela parcelas parcelar parcelado divide dividir dividem vezes prestaciones
prestacao prestacoes financiar cicilan kist emi; discount discounts discounted descuento descuentos
desconto descontos promo promos promocion promociones promocao promocoes oferta ofertas rebaja rebajas
cheaper barato baratos barata remise reduction diskon; free gratis gratuito gratuita gratuitos cortesia
waived complimentary gratuit gratuite; include includes included including incluye incluyen incluido
incluida incluidos inclui incluem incluso inclusa trae traen viene compris comprend termasuk shamil; extra
extras additional adicional adicionales adicionais acrescimo suplemento aparte suplementario supplement
tambahan; refund refunds refunded refundable reembolso reembolsos reembolsan reembolsar estorno estornar
estornam devolvemos rembourser remboursement; lose loses lost forfeit forfeits forfeited pierde pierden
pierdo perder perde perdem perco perdu; invoice invoices factura facturas facturar facturan fatura faturas
notafiscal facture kwitansi receipt receipts recibo recibos ticket tickets boleta talao; tip tips propina
propinas gorjeta gorjetas pourboire; tax taxes vat iva impuesto impuestos imposto impostos taxe pajak;
currency dollars euros pesos dolares moneda moedas; gift gifts regalo regalos regalar presente presentes
presentear voucher vouchers giftcard certificado cadeau hadiah tohfa; wholesale bulk mayoreo mayorista
mayor atacado grossiste grosir; quote quotes quotation estimate estimates presupuesto presupuestos
cotizacion cotizar cotiza cotizan orcamento orcamentos devis
"""

VISITING = """
book books booked booking bookings reserve reserved reservation reservations appointment appointments slot
cita citas turno turnos agendar agenda agendan agendamento marcar marcada marcado marcacao marcacoes
reserva reservas reservar reservan reservado apartar aparta apartan aparto apartado rdv rendezvous janji;
walkin walkins dropin dropins llegada chegada arrive arrives arrival arriving llegar llego llega
llegan chegar chego chega chegam arriver tiba pahunch; cancel cancels cancelled cancellation cancela
cancelan cancelo cancelar cancelacion cancelaciones anular desmarcar cancelam cancelamento annuler
annulation noshow batal; reschedule rescheduled rescheduling reagendar remarcar remarcacao reprogramar
postpone; late tarde tardar retraso retrasado retraso atraso atrasado atrasar atrasada retard telat
terlambat; early temprano cedo tot awal jaldi; notice advance ahead beforehand anticipacion antelacion
antecedencia avance preavis; wait waiting waits queue espera esperar espero attente attendre antri
intezaar; schedule timetable jadwal; holiday holidays festivo festivos feriado feriados carnaval carnival
navidad natal christmas easter pascua pascoa ferie liburan tyohar; weekend weekends finde fimdesemana;
night nights overnight noche noches noite noites nuit malam raat; today hoy hoje aujourdhui sameday aaj;
tomorrow manana amanha demain besok; monthly month mensual mensuales mensualidad mensal mensais
mensalidade mensuel mes mois bulan bulanan mahina maheena; weekly week semana semanas semanal semanais
semaine hebdomadaire minggu hafta; yearly annual annually year anual anuales anuais annuel tahunan saal;
membership memberships member members membresia membresias socio socios afiliacion adhesion abonnement
keanggotaan; register join joining joins signup registration register registering registered inscribirse
inscribir inscripcion inscricao inscrever matricula enrol enroll enrolment inscription daftar; freeze
frozen pause paused suspend congelar congelada pausar pausa trancar trancamento suspender geler jeda;
beginner beginners starter novice newbie newcomer principiante principiantes iniciante iniciantes novato
debutant pemula; lesson lessons class classes session sessions workshop clase clases sesion sesiones aula
aulas sessao sessoes cours kelas; private individual personal particular privado privada privados prive;
pass passes pase pases passe entry admission entrance; certificate certificates certificado certificados
atestado atestados constancia comprobante comprovante sertifikat; identification id card credencial
credenciales identificacion ine dni carnet carteirinha carteira identidade documento documentos papers
paperwork cedula ktp; watch watching assistir mirar observar acompanhar regarder menonton dekhna; smoke
smoking smoker fumar fumador fumadores fumantes fumante fumer merokok; music musica musique musik;
wheelchair wheelchairs accessible accessibility ramp ruedas rodas accesible acesso acessivel
acessibilidade rampa handicap; capacity seats seat places spots lugares cupo cupos vagas vaga plazas
lotacao; date dates fechas datas tanggal tarikh; absence absent miss missed misses skip skipped falta
faltar falto faltas faltei ausencia; makeup catchup recuperar reposicion reposicao repor; trial taster
demo try tryout prueba probar pruebas experimental experimentar experimentar teste; exam exams test tests
examen examenes prova provas exame exames ujian; homework assignment tarea tareas deberes licao; grade
grades year level levels nivel niveles niveis curso cursos; course courses programme program programs
programa programas; parent parents guardian mum mom dad mother father mama papa madre padre padres mae pai
pais responsavel; arrival checkin; departure checkout salida saida; noise; party parties fiesta fiestas
festa festas; event events evento eventos; deadline closes; visitor visitors visita visitas visitante
visitantes; tour tours guided visit visits visiting recorrido passeio passeios; rule rules regla reglas
regra regras norma normas; permission consent permit permiso permisos autorizacion autorizacao permissao;
signature sign signed firma firmar assinar; contract contracts contrato contratos; questionnaire form
forms formulario formularios ficha; queue; emergency emergencies urgencia urgencias emergencia
emergencias; consultation consultations consult consulta consultas consultation; followup retorno retornos
volver voltar; result; prescription prescriptions receta recetas receita receitas ordonnance; surgery
operation operations cirugia operacion cirurgia; treatment treatments tratamiento tratamientos tratamento
tratamentos traitement; anaesthesia anesthesia anestesia
"""

TRADE = """
deliver delivers delivery delivered deliveries entregar entrega entregan entregas entregamos entregam
reparto repartir repartos repartimos envio envios enviar envian enviamos mandar mandan mandamos manda
domicilio levamos expedir shipment shipments ship shipping courier livraison livrer kirim antar; pickup
collect collects collection collected recoger recogida recogidas recogemos recogen recolectar recoleccion
recolha recolher recolhas buscar buscam buscamos busca levantar levantamento ramasser enlevement ambil;
freight frete fretes flete fletes portes ongkir; express urgent urgently rush urgente urgentes expreso
expresa rapido rapida mendesak turant; track tracking traced rastrear rastreo rastreio rastreamento
seguimiento seguimento suivi lacak; insurance insured insure insures seguro seguros asegurar asegurado
segurado assurance asuransi beema; lost missing perdido perdida perdidos extravio extraviado perdido perda
perdu hilang; damaged damage broken breaks break roto rota rotos danado danados danificado danificada
partido quebrado quebrada quebrar estragado estragada casse abime rusak toota; return returns returned
returning devolver devolucion devoluciones devolucao devolucoes devolvo devuelvo devuelven retourner
retour kembalikan wapas; exchange exchanged swap swapped cambio cambios cambiar cambian cambiarlo troca
trocas trocar trocam troco echanger tukar badalna; claim claims complaint complaints complain queja quejas
reclamo reclamos reclamar reclamacion reclamacao reclamacoes plainte keluhan shikayat; order orders
ordered ordering encargar encargo encargos pedido pedidos pedir pido encomenda encomendas encomendar
commande commander pesan; minimum min minimo minima minimal partir; maximum max maximo maxima most limit
limits limite limites tope; warranty guarantee guaranteed guarantees garantia garantias garantizan
garantizado garante garantem garantie garansi; repair repairs repaired fix fixes fixing mend arreglar
arreglo arreglos arreglan reparar reparacion reparaciones consertar conserto consertam reparo reparer
reparation perbaiki; check checks checking inspect inspection revisar revision revisan inspeccionar
inspeccion verificar revisao vistoria inspecao verifier periksa jaanch; install installs installation fit
fitting fitted instalar instalacion instalacao montar montaje montagem installer pasang; replace replaces
replaced replacement reemplazar reemplazo sustituir reponen substituir substituicao remplacer ganti; last
lasts lasting duration dura duran durar duracion duracao dure durer tahan chalta; valid validity valido
valida vigente vigencia vale valen validade valem vigentes vencimiento vence vencen caduca caducan valable
berlaku; storage stored keep keeps keeping hold holds guardar guardan guardamos guardam almacenar
almacenaje armazenar armazenamento garder simpan rakhna; forbidden prohibited prohibido prohibidos
prohibida proibido proibidos proibida banned dangerous peligroso peligrosos perigoso perigosos interdit
dilarang; new nuevo nueva nuevos nuevas novo nova novos neuf baru naya; used secondhand usado usada usados
segunda seminovo bekas purana; size sizes talla tallas tamano tamanos medida medidas tamanho tamanhos
dimensiones dimensoes measurements dimension ukuran; length long largo larga comprimento longueur panjang
lamba; wide width ancho largura largeur lebar; height tall alto altura hauteur tinggi unchai; thick
thickness grueso grosor espessura grossura epaisseur; small chico chica pequeno pequena pequenos petit
kecil chhota; big large grande grandes gros besar bada; quantity cantidad quantidade quantite jumlah;
color colour colours color cor cores couleur tono tonos tom tons warna; brand brands marca marcas marque
merek; model models modelo modelos modele; material materials materiales materiais; fabric tela tecido
tissu kain; sell sells sold selling vender vendo venden vendemos vendem vende venta ventas venda vendas
vendre jual bechna; buy buys buying bought comprar compro compra compras acheter beli kharidna; rent rents
rental hire hiring alquiler alquilar rentar renta alugar aluguel location sewa kiraya; help helps
assistance ayuda ayudar ajuda ajudar aide bantu madad; language languages idioma idiomas speak speaks
habla hablan fala falam parler langue bahasa bhasha; english ingles anglais inggris angrezi; website site
web online internet linea; app application aplicacion aplicativo aplikasi; business companies company
businesses empresa empresas empresarial corporate corporativo negocio societe perusahaan; experience
experienced experiencia; hour hourly; disassemble dismantle desmontar desarmar desmontagem demonter;
belongings stuff goods contents pertenencias cosas bienes pertences coisas moveis muebles furniture;
respray spray painting painted repaint paint pintar pintura pinturas repintar; regas refill recharge
recarga recargar recarregar; used preowned ex; transfer transfers transferred transferir ceder passar
traspasar; stairs; collection; quality calidad qualidade qualite; batch lote; sample samples muestra
muestras amostra amostras; kit kits set sets juego conjunto; handmade artesanal artesanales; label labels
etiqueta etiquetas; warehouse almacen bodega armazem; supplier suppliers proveedor proveedores fornecedor;
catalogue catalog catalogo; stock inventory existencias estoque disponible disponivel; manual manuals
instructions instrucciones instrucoes; measure measures measuring medir medicion medicao; drill drills
taladro furadeira; ladder; noise noisy loud ruido barulho bruit; smell olor cheiro odeur; water waterproof
impermeable impermeavel; safe safety seguridad seguranca; clean cleaned cleaning cleaner limpiar limpieza
limpian limpar limpeza nettoyage; laundry ironing iron planchar planchado lavanderia engomar; dry dryer
drying secar secado secadora secagem; sew sewing alteration alterations hem costura coser bainha
dobladillo; copy copies print printing printed imprimir impresion impresiones impressao impressoes copias;
photo photos photograph photography picture pictures pictures foto fotos fotografia; video videos film
filmacion; frame frames marco marcos moldura armacao; lens lenses lente lentes; glasses gafas anteojos
oculos; ring rings anillo anillos anel aneis; engrave engraving grabado grabar gravacao gravar; flower
flowers bouquet ramo ramos flores buque
"""
