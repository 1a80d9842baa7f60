"""
Words for home, roads and food that mean one thing, in eight languages; not checked by native speakers.
"""

HOME = """
house houses home casa casas domicilio hogar maison rumah ghar; door doorstep puerta porta porte pintu;
floor floors storey stories upstairs piso pisos andar andares planta etage lantai manzil; stairs steps
escalera escaleras escada escadas escalier tangga; elevator elevators lift ascensor elevador ascenseur;
kitchen cocina cozinha cuisine dapur rasoi; bathroom bathrooms toilet toilets restroom washroom bano
sanitario banheiro banheiros toilettes; shower showers ducha duchas regadera regaderas chuveiro chuveiros
douche; towel towels toalla toallas toalha toalhas serviette handuk tauliya; soap jabon sabonete savon
sabun; locker lockers casillero casilleros armario armarios guardarropa; garden terrace patio outdoor
outdoors outside jardin terraza aire jardim varanda terraco terrasse; indoor indoors inside interior
dentro intérieur; aircon airconditioned airconditioning conditioning conditioned climatizado acondicionado
condicionado climatisation; fan fans ventilador ventiladores ventilateur kipas; heater heating calefaccion
aquecimento chauffage; table tables mesa mesas; chair chairs silla sillas cadeira cadeiras chaise kursi;
highchair periquera trona cadeirao; bed beds cama camas lit kasur; sofa sofas couch sillon canape; box
boxes package packages parcel parcels packet packets paquete paquetes caja cajas pacote pacotes caixa
caixas encomienda paqueteria colis paket; bag bags sack sacks saco sacos sacola bolsa bolsas costal bulto
sac tas; envelope envelopes sobre sobres envelop; glass cristal vidro vidrio vitre kaca; wood wooden
madera bois kayu; metal steel iron acero hierro aco ferro acier; plastic plastico; paper papel papier
kertas; fragile fragil fragiles frageis breakable; key keys llave llaves chave chaves cle kunci; battery
batteries bateria baterias pila pilas batterie baterai; light lights lamp bulb luz luces foco lampada
luzes lumiere lampu; wall pared parede mur dinding; pool swimming swim piscina alberca piscine; wifi
internet wireless connection conexion conexao; tv television televisor televisao; linen sheets bedding
sabanas lencois draps; crib cot cuna berco; kitchenette cook cooking cocinar cozinhar; barbecue bbq grill
asador asado parrilla churrasqueira churrasco; fire fireplace firewood bonfire lena lenha fogata fogueira
lareira; roof roofs tejado techo telhado teto; window windows ventana ventanas janela janelas; pipe pipes
tubo tubos tuberia cano canos; leak leaks leaking fuga gotera vazamento; plumber plumbing plomero
fontanero encanador; electrician electricista eletricista; electricity power outlet plug enchufe enchufes
tomada tomadas; view views vista vistas; quiet silent silencio tranquilo tranquila sossegado; camp camping
tent tents carpa barraca
"""

ROADS = """
car cars auto autos vehicle vehicles carro carros coche coches automovil voiture mobil gaadi gadi saloon
hatchback sedan; van vans truck trucks lorry pickup suv jeep camioneta camion caminhao furgoneta
camionnette truk; motorbike motorcycle motorcycles scooter moto motos motocicleta; bike bikes bicycle
bicycles cycle cycles cycling bici bicis bicicleta bicicletas velo sepeda saikil; bus buses autobus
camiones onibus autocarro; taxi cab uber cabify; train metro subway tube station estacion estacao gare
stasiun; parking parked parks estacionamiento estacionar estacionarse aparcar aparcamiento valet cochera
estacionamento garagem parkir; tyre tyres tire tires wheel wheels llanta llantas rueda ruedas neumatico
pneu pneus roda rodas roue; oil aceite oleo huile oli; engine motor motores moteur mesin; brake brakes
freno frenos freio freios frein rem; tow towing towed towtruck breakdown stranded grua remolque guincho
reboque remorquage derek callout; diagnosis diagnostic diagnostics diagnose diagnostico diagnosticos;
spare spares parts repuesto repuestos refaccion refacciones peca pecas recambio recambios; petrol fuel
diesel gasoline gas gasolina combustible combustivel essence bensin; airport airports aeropuerto aeroporto
aeroport bandara; abroad international overseas foreign extranjero internacional internacionais exterior
estrangeiro internationale luar; island islands isla islas ilha ilhas acores ile pulau; city town downtown
ciudad centro cidade ville kota sheher; district area areas zone zones neighbourhood neighborhood colonia
zona zonas barrio bairro bairros quartier daerah ilaka; km kilometre kilometres kilometer kilometers
kilometro kilometros quilometro quilometros; far distance away lejos distancia longe loin jauh; near
nearby close closest cerca cercano perto proche dekat paas; travel travels travelling trip trips journey
viaje viajes viajar viagem viagens voyage perjalanan safar; luggage baggage suitcase suitcases maleta
maletas equipaje mala malas bagagem bagage koper; passport passports pasaporte passaporte passeport
paspor; customs duty aduana aduanas alfandega douane bea; dent dents dented scratch scratches scratched
abolladura abolladuras rayon arranhao amolgadela; parking parquear parquearse parqueadero parqueaderos
parqueo estacionadero; gearbox transmission transmision; move moves moving removal removals mudanza
mudanzas mudarse mudanca mudancas mudar demenagement demenager pindahan; van carrinha carrinhas furgao
"""

FOOD = """
food foods meal meals dish dishes eat eats eating comida comidas comer plato platos platillo platillos
prato pratos refeicao plat repas makanan makan khana; breakfast desayuno desayunos desayunar almuerzos
cafedamanha pequeno petitdejeuner sarapan nashta; lunch almuerzo almorzar almoco almocar dejeuner siang;
dinner supper cena cenar jantar diner malam; menu menus carta cardapio ementa; drink drinks beverage
beverages bebida bebidas beber tomar boisson boissons minuman; wine wines vino vinos vinho vinhos vin
anggur; beer beers cerveza cervezas cerveja cervejas biere bir; corkage descorche rolha; bottle bottles
botella botellas garrafa garrafas bouteille botol; glass copa copas vaso taca; water agua aguas eau air
paani; coffee cafe kopi; meat carne carnes viande daging; beef res ternera vaca bife boeuf sapi; pork
cerdo puerco porco porc babi; fish pescado pescados peixe peixes poisson ikan machli; seafood shellfish
prawn prawns shrimp marisco mariscos gambas camaron camarones camarao frutosdomar crevette udang; chicken
pollo frango poulet ayam; rice arroz riz nasi; bread pan pao pain roti; cake cakes pastel pasteles tarta
tartas torta bolo bolos gateau kue; dessert desserts postre postres dulce sobremesa sobremesas doce doces
mithai pencuci; sauce salsa salsas molho; spicy chilli chili picante picantes pica pican apimentado
pimenta epice pedas teekha; salad salads ensalada ensaladas salada saladas salade; soup soups sopa sopas
caldo soupe sup; cheese queso quesos queijo queijos fromage keju; vegetarian veggie vegetariano
vegetariana vegetarianos vegetarianas vegetarien; vegan vegana vegano veganos veganas; gluten celiac
coeliac celiaco celiaca celiacos wheat trigo; lactose dairy lacteo lacteos lactosa lactose laticinios;
nuts nut peanut peanuts almond nueces nuez cacahuate cacahuetes almendra amendoim nozes noix kacang;
kosher halal; raw crudo cruda crus cru; ingredient ingredients ingrediente ingredientes contains contain
contiene contienen contem composicion composition; feed kibble petfood racao pienso croquetas alimento
croquettes pakan; flavour flavor flavours flavors taste sabor sabores gout rasa swaad; portion portions
serving servings porcion porciones racion raciones porcao porcoes; leftovers sobras
"""
