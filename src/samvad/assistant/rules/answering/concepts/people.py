"""
Words for people, their bodies and their animals that mean one thing, in eight languages; not checked by
native speakers.
"""

PEOPLE = """
woman women lady ladies female dama damas mujer mujeres senora senoras femenino femenina mulher mulheres
feminino feminina femme femmes dame wanita perempuan aurat; man men gents gentleman gentlemen male
caballero caballeros hombre hombres senor senores masculino homem homens cavalheiro homme hommes pria
mard; child children kid kids son sons daughter daughters boys girls hijo hijos hija hijas chamaco
chamacos peque peques chiquito chiquitos filho filhos filha filhas menino menina meninos meninas fils
fille enfant anaknya beta beti baccha; baby babies infant infants newborn bebe bebes bebê recien bayi;
pregnant pregnancy expecting embarazo embarazada embarazadas gravida gravidas gravidez gestante gestantes
enceinte grossesse hamil prenatal; senior seniors elderly pensioner pensioners elder jubilado jubilados
mayores idoso idosos aposentado aposentados velhinho velhinha retraite lansia buzurg; student students
pupil pupils college undergraduate estudiante estudiantes universitario universitarios prepa alumno
alumnos estudante estudantes aluno alunos etudiant etudiants mahasiswa pelajar vidyarthi; family families
familia familias familiar famille keluarga parivar; group groups team teams grupo grupos equipo equipos
equipe groupe rombongan; bride bridal novia novias noiva noivas mariee pengantin dulhan; wedding weddings
marriage boda bodas casamento casamentos mariage nikah shaadi shadi; birthday birthdays cumpleanos cumple
aniversario anniversaire ulangtahun janmadin; neighbour neighbor vecino vecinos vizinho; driver drivers
chofer conductor motorista chauffeur sopir; doctor doctors dr dra physician medico medica medicos medecin
dokter daktar; vet vets veterinarian veterinary veterinario veterinaria veterinarios veterinarios; teacher
teachers coach coaches trainer trainers instructor instructors tutor tutors maestro maestra maestros profe
entrenador entrenadora treinador treinadora professeur guru pelatih; sibling sister brother hermana
hermano irma irmao soeur frere; friend friends amigo amiga amigos amigas amis teman dost; boss owner
owners owns dueno duena propietario propietaria proprietario proprietaria patron pemilik maalik; worker
staff employee employees personal empleado empleados funcionario funcionarios equipe karyawan
"""

BODY = """
hair pelo cabello cabellos cabelo cabelos cheveux rambut baal; cut cuts cutting haircut haircuts trim
trims corte cortes cortar cortarle coupe couper potong kaatna; dye dyes dyed dyeing tint tints tinted
colouring coloring tinte tintes tenir tinen pintar pinto pintan teintura tintura tingir pintura teinture;
nail nails una unas unha unhas ongle ongles kuku; skin piel pele peau kulit; face rostro cara facial rosto
visage wajah; beard barba barbe jenggot daadhi; eyebrow eyebrows brow brows ceja cejas sobrancelha
sobrancelhas sourcil alis; eyelash eyelashes lash lashes pestana pestanas cilio cilios cils; makeup
maquillaje maquillar maquilla maquiagem maquiar maquillage; wax waxing depilacion depilar depilan
depilacao epilation threading; shave shaving afeitar afeitado rasurar barbear rasage cukur; wash washing
washed lavar lavado lavada lavagem laver cuci dhona; bath baths bathing bano banos banho banhos bain mandi
nahana; massage massages masaje masajes massagem massagens pijat maalish; sensitive delicate sensible
sensibles delicada sensivel sensiveis sensitif; allergy allergies allergic hypoallergenic antiallergic
hipoalergenico hipoalergenica antialergico antialergica alergico alergica alergia alergias allergie
allergique alergi; ammonia amoniaco; gray grey white canas cana cheveuxblancs; injury injuries injured
hurt lesion lesiones lastimado lesao lesoes machucado blessure cedera; sick ill illness sickness enfermo
enferma enfermedad doente doenca malade sakit beemar; medicine medicines medication drug drugs medicina
medicinas medicamento medicamentos remedio remedios medicament obat dawai; vaccine vaccines vaccination
vaccinations jab vacuna vacunas vacina vacinas vaccin vaksin tika; flea fleas tick ticks pulga pulgas
garrapata garrapatas carrapato carrapatos antipulgas antiparasitario puces kutu; weight weighs weigh
weighing heavy heavier heaviest peso pesa pesan pesar pesado pesada poids berat vazan; age ages aged old
edad edades idade idades umur usia umra; tooth teeth diente dientes dente dentes muela muelas; blood
sangre sangue; scan ultrasound ecografia ultrassom; exercise exercises training train entrenar
entrenamiento treino treinar; gym gimnasio academia ginasio; pain painful hurts hurting duele dolor doi
dor; infection infeccion infeccao; bandage venda curativo
"""

ANIMALS = """
dog dogs puppy puppies pup doggy chihuahua labrador poodle bulldog perro perros perra perrito perritos
cachorro cachorros cachorra cachorrinho cachorrinhos cao caes filhote filhotes canino canina chien chiens
chiot anjing kutta; cat cats kitten kittens kitty gato gatos gata gatas gatito gatitos gatinho gatinha
felino felina chat chats chaton kucing billi; pet pets animal animals mascota mascotas bicho bichos
bichinho estimacao animaux hewan peliharaan paaltu; grooming groom groomer tosa tosar estetica peluqueria
toilettage; muzzle bozal focinheira museliere; leash collar collars correa collarin coleira coleiras guia
laisse kalung; kennel boarding hotel hotelzinho daycare guarderia creche pension hospedaje hospedagem;
aggressive bites biting agresivo muerde morde bravo brava mordida
"""
