/**
 * Given names usual in French schools, folded, of pupils, parents and teachers: French, English, Maghrebi, West African, Portuguese,
 * Spanish, Italian, Turkish, Slavic, Asian. No complete list: what is not here is found by what stands around it.
 */

/** Names that are hardly ever anything else, also in small letters. */
const PLAIN = `
tiphaine tifaine maelyss lyna ambrine soline maddie niall siobhan adaeze chidi oluwaseun priyanka xanthe cassius thaddee hortense zephyrin wendeline ysolde boubker naim abdelhakim berangere loup sandrine
abdallah abdel abdelaziz abdelkader abdelkrim abdellah abdelmalek abdelrahman abderrahmane abdou abdoul abdoulaye abdourahmane
abel abigail abou aboubacar aboubakar achille achraf adam adama adelaide adele adelie adeline adem adja adrian adriana adriano
adrien adrienne afonso agathe aghiles agnes agnieszka ahmad ahmed ahmet aicha aimee ainhoa aissatou akim akira akram aksel
aladin alan alana alannah alassane alastair alba alban albane albert alberto aldo alec alejandro aleksander aleksandra aleksei
alena alessandro alessia alessio alex alexander alexandra alexandre alexandrine alexane alexei alexia alexis alfred alhassane
aliana alice alicia alienor alin alina aline aliou alioune alisa alisha alison alistair alix aliyah alizee allan alma alois
alphonse alvin alya alyssa alyssia amadou amael amalia amanda amandine amani amaury ambroise amelia amelie amelle amina aminata
amine amir amira amy ana anael anaelle anais anas anass anastasia anatole andre andrea andreas andrei andrew andrzej andy aness
angela angele angelina anh anis anissa anja anna annabelle annaelle anne annelise annette annick annie anouchka anouk anselme
anthony antoine antoinette anton antonia antonin antonio anwar anya aoife apolline arabelle archie ariane arianna arielle arif
aristide arjun armand armelle arnaud arsene arthur arwen arya ashley asma asmaa assa assane assetou assia astrid asuka athena
aubin aubry auguste augustin aurele aurelia aurelie aurelien auriane aurianne axel axelle aya ayaan ayah aydan ayden aylin
ayline ayman aymane aymen aymeric ayoub ayse aysel ayten aziz azra badis badr bakari bakary bao baptiste baptistine barbara
barnabe basile bastian bastien baya baye beatrice beatrix beatriz becaye bechir belinda benedicte benedita benjamin benoist
benoit benoite berangere berenice bernadette bernard bernardo bertille bertrand bethany bianca bilal bilel billy binta bintou
birama birane blaise blake blandine blanka bob bogdan bojan boris bouba boubacar bouchra bradley brahim brahima brandon branko
breanna brenda brian brianna brice bridget brieuc brigitte bruna bruno bryan burak caetano caitlin caleb calixte calliste callum
calypso cameron camila camilla camille candice carine carl carla carlos carlotta carmen carole carolina caroline carys cassandra
cassandre cassie catalina catarina caterina catherine cathie cathy cecile cecilia cedric celestin celestine celia celian celina
celine cesar chad chahinez chaima chainez chanel chantal charlene charles charlie charline charlise charlotte charlton chaymae
cheickna cheikh chelsea chems cherif cheyenne chiara chloe chris christel christelle christian christiane christina christine
christophe christopher ciara cihan cindy clara clarence clarissa clarisse claude claudia claudie claudine claudio clea clelia
clementin cleo cleophas cleophee clotaire clothilde clotilde clovis cody colette coline colleen connor constantin coralie
coraline corentin corinne corto cosette cosimo cosmin costin coumba courtney craig cristiano cristina curtis cynthia cyprien
cyriaque cyrielle cyril cyrille dado dalia dalila damian damien damion damon daniel daniela daniele danielle danny dao daouda
daphne daphnee darcy darius dariusz darren darya dave david dayana deborah deirdre delia delphine demba denis denise deniz denys
derya dewi dialla diana diane diarra diego dieynaba dilara dimitri dina dinis diya djamel djamila djaoued djenaba djeneba
djibril dmitri dmytro dominique donatella donovan dora dorian doriane dorin dorine doris dorothee douglas dounia dragan driss
duarte dunia dylan eamon ebru ecrin edgar edith edmond edna edouard edson eduarda eduardo edward edwige edwin eglantine eileen
eilidh einar elea eleanor elena eleonore eleri elhadj elian eliana eliane elias elie eliette elif elijah elina eline elio eliot
eliott elisa elisabeth elisabetta elise elisee eliza elizabeth ella ellen ellie elliot elliott elmira eloan eloane elodie eloi
eloisa eloise elon elora elouan elsa elsie elvin elvira elyas elyes elyna elzbieta emanuel emanuele emeline emeric emerik
emerson emil emile emilia emilie emilien emilienne emilio emily emin emine emma emmanuel emmanuelle emmy emre enea enes
enguerrand enola enora enrique ensar enzo erdem eren eric erica erik erika erin ernest ernestine ertugrul erwan erwann esin esma
esme esmee esteban estelle esteve esther ethan etienne etiennette euan eugene eugenie eulalie eunice eva evan evane evangeline
eve evelina eveline evelyn evelyne evie evrard ewan ewen eya eymen ezio ezra fabian fabien fabienne fabio fabiola fabrice
fabricio fabrizio fadi fadila fahad fahd fahim faiza fanny fanta fantin fantine farah fares farid farida farouk faten fatih
fatiha fatim fatima fatimata fatma fatou fatouma fatoumata faustin faustine fawzi faycal federico felicia felicie felicien
felicite felipe felix feng ferdinand fergus ferhat ferial feriel fernanda fernando fethi filipa filipe filippo finlay finn fiona
fionn firas firmin flavia flavie flavien flavio flora florent florentin florentine florian floriane florine fode fouad foucauld
fouzia francesca francesco francine francis francisco franck francois francoise franz fraser freddie frederic frederick
frederique freya frida fritz furkan gabin gabriel gabriela gabriele gabriella gabrielle gael gaelle gaetan gaetane gaetano
galina gamze garance gareth gaspar gaspard gaston gauthier gautier gauvain gaya gemma genevieve geoffray geoffrey geoffroy
george georges georgette georgia gerald geraldine gerard germain germaine gerome gersende gethin gheorghe ghislain ghislaine
ghita ghizlane giacomo gianluca gianni gilbert gilberte gildas gilles gina ginette gino giorgia giorgio giovanna giovanni gisele
giselle giulia giuliano giuseppe gladys gloria godefroy gokhan goncalo gontran goran grayson gregoire gregor gregory greta
grzegorz guerlain guerric guilhem guilherme guillaume guillemette guiomar gulsen gurvan gustave gustavo guven gwen gwenael
gwenaelle gwendoline gwendolyn gwenn gwilym gwladys habib habiba haby hacene hachim hadi hadja hadriana hadriel hafid hafsa
hajar hakim halil halima hamed hamid hamida hamza hana hanae hanane hande hanna hannah hans haoua harley harold haron haroun
harriet harris harry haruto harvey hasan hassan hassane hatice hattie hawa hawwa hayat hayden haydn hector hedi hedwige heidi
heimana helder helen helena helene heloise helori henda henri henriette henrique henry herbert hermance hermann herve hicham
hilaire hilary hinano hind hippolyte hiro hiroki hiroshi hoang holly honora honorine horia hortense houcine houda houria houssam
houssem hubert hugo hugues huguette humberto huseyin hussein huy ian ibrahim ibrahima ibtissam ida idris idriss ignacio igor
ihsane ikram ilan ilana ilaria ilayda ilhan ilian iliana iliane ilias ilies ilona ilyan ilyana ilyas ilyes ilyess imad iman
imane imene imogen imran inaaya inaya ines ingrid ioana ionut irem irena irene irina irma iryna isaac isabel isabela isabella
isabelle isaiah isaline isaure ishak ishaq isidora isidore isis ismael ismail ismaila ismet isolde issa issam issiaka itziar
iulia ivan ivana ivanka ivo ivone iyad izia jack jackie jackson jacky jacob jacqueline jacques jade jaden jakub jalil jamal
james jamie jamila jana jane janelle janet janina janine jared jarod jason jasper jawad jay jayden jayne jayson jeanne jeannine
jeff jeffrey jemima jenna jennifer jenny jeremie jeremy jerome jerry jesse jessica jessie jessy jesus jiahao jiayi jihane jihene
jim jimmy jing jo joachim joan joana joanna joanne joao joaquim joaquin joaquina jocelyn jocelyne jodie joe joel joelle joey
johan johann johanna johannes john johnny jonas jonathan jordan jordane jordi jorge jorgina jose josefa joseline joseph josepha
josephine josette josh joshua josiane josselin josue jovana joyce juan juanita judicael judith jules julia julian juliana
julianne julie julien juliette julija julio julius junior justin justine justyna kaan kader kadiatou kadidiatou kadija kadir
kahina kais kaitlyn kali kamal kamel kamelia kamelya kamil kamila kamilia kane kaoutar karen karim karima karina karine karl
karla karolina kassandra kassim katarina katarzyna kate katell kateryna katherine kathleen kathy katia katie katy kavya kawtar
kaya kayden kayla kaylee kayleigh kaylia kayliah keeley keira keith kelia kelian kelig kelly kelya kelyah kelyan kemal kenan
kendall kendra kenji kenny kenza kenzi kenzo kenzy kerem keren kerry kerwan kessy kevan kevin khadidiatou khadidja khadija
khadijatou khadim khaled khalid khalifa khalil khanh khaoula kian kiara kieran kiet kilian killian kim kimberly kinan kirill
kirsty klara klaus klea klervi koffi konan kossi kouadio kouassi krishna kristina krystel krystian krzysztof ksenia kubra kumar
kyan kyle kylian kyliane lachlan ladislas laeticia laetitia laetizia lahcen lahna laila lakhdar lalie lally lamia lamine lamya
lana landry lara larissa latifa laura lauralie lauraline laure laureen laurena laurence laurene laurent laurentine lauriane
laurie laurine lauryn layana layla layna layton lazare lea leah leana leandra leandre leandro leane leanne lee lei leighton
leila lela lelio lena lenaelle lenaick lenaig leni lennie lenny leny leo leocadie leon leonard leonardo leone leonie leonor
leonore leontin leontine leopold leopoldine leslie leticia letizia levana levi lewis lexi leya leyla leyna lia liam liana liane
lidia lila lilia lilian liliana liliane lilie lilly lilou lily lilya lilyana lina linda lindsay linh lino linoa lionel lior lis
lisa lisandro lisette lisiane lison lissandro liv livia livio liya liza loane loann lohan loic lola lolita lony lora loredana
lorelei lorena lorene lorenza lorenzo lorie lorik lorine loris lorna lotfi lottie lou louane louann louanne louay loubna louca
loucas loucia louis louisa louise louison louka loukas loukian loula louna lounes lounis lourenco lubin lubna luc luca lucas
lucca luce lucette lucia luciana luciano lucie lucien lucienne lucile lucille lucinda lucio lucrece ludivine ludmila ludovic
ludovica ludwig ludwine luigi luis luisa luisinho luka lukas luke lula luna lya lyam lyana lyane lydia lydie lylia lylou lyna
lynda lyndsey lyne lynn lysandre lyse lyudmila mabel maceo maciej madalena maddalena maddie maddy madeline madison mady mae mael
maela maelia maelie maeline maelle maelly maelyne maelys maeva maeve mafalda magali magalie magda magdalena maggie mahamadou
mahamat mahaut mahdi mahe mahee mahmoud maia maiko maily mailys maimouna maina maisie maissa maiwen maiwenn makan makenzie
maksim malachi malak malcolm malek malgorzata malia malick malik malika malone malorie malory mamadou manal manar mandy manel
manela manelle manoa manoah manon mansour manuela manuella manutea maram marc marceau marcel marcela marcelin marceline
marcelino marcella marcelle marcello marco marcos marcus marek margaret margareth margarida margaux margerie margo margot maria
mariam mariama mariame mariana marianna marianne mariano marielle mariem marija mariline marilou marilyn marilyne marina
marinette mario marion mariona marisa marissa marius mariusz mariya marjolaine marjorie marlene marlon maroua marouan marouane
marta martha marthe martim martina martine marvin marwa marwan marwane mary maryam maryama maryline maryse maryvonne masha
massil massimo massinissa massyl mateo mateus matheo matheus mathias mathieu mathilda mathilde mathis mathurin mathys matias
matilda matilde matis matisse matt matteo matthew matthias matthieu matthis mattia mattis maud maude maureen maurice mauricette
mauricio maurizio mauro maxandre maxence maxens maxim maxime maximilian maximiliano maximilien maxine mayeul mayline maylis
mayron maysa mayssa mayssane mbaye mckenzie mederic megan mehdi mehdy mehmet mei meissa melaine melanie melchior melek melia
meliha melina melinda meline melisande melissa mellina melusine melvin melvyn melyna melyne melyssa mendy menel meriem mert
merve meryem metin mia micaela micah michael michaela michal micheal michel michelangelo michele micheline michelle miguel
miguelina mihaela mihai mika mikael mikail mike mikhail mikolaj mila milana milena milla millie milo milos miloud mina minh
mirabelle miranda mireille mirela mirella miriam mirko mirza misha moana modou mohamad mohamed mohammad mohammed mohand mohcine
moira mokhtar mokrane molly monia monica monika monique morad morag moran morena morgan morgana morgane morgann mory mostafa
mouad mouhamadou mouhamed mouloud mouna mounia mounim mounir mounira mourad moussa moustapha muhammad muhammed murat muriel
murielle mustafa mustapha mya mykola myla mylan mylena mylene myriam myron nabil nabila nabile nacer nacim nada nadege nadezhda
nadia nadine nadjet nael naelle nafissatou nahel nahia nahil nahla naila naim naima nais najat najib najwa naoise naoki naomi
naomie narjes nassera nassim nassima nassira nastasia natacha natalia natalie natalya natan natasha nathael nathalia nathalie
nathan nathanael nathaniel nathy nawal nawel nawfel nayla nazim ndeye neal neil neila neilson nelia nell nella nelly nelson
nelya neo nermin nesma nesrine nestor neve neven nevena ngoc nhi niama niamh nicky nico nicola nicolae nicolas nicole nicoleta
nicolo nidal niels nihad nikita nikola nikolai nikolay nikos nils nina nino ninon nisha nisrine nizar noa noah noam noan noann
noe noelia noelie noeline noella noelle noemi noemie nohan nohe nolan nolane nolann nolhan nolwenn nora norah norbert noreddine
norhane noria norma nouh nour noura noure noureddine nouria numa nuno nuria nyla nylan nyls oceane octavia octavian octavie
odeline odette odile odilon ofelia oisin oksana olaf oleg oleksandr oleksii olena olga oliver olivia olivier olivine olympe omar
omayma ombeline ombline omer omeya onur ophelie oren oriane orianne orla orlane orphee orso oscar osman oswald othman othmane
otman otmane ottavia ottilie oualid ouarda ouassim oulaya oumaima oumar oumaya oumayma oumkalthoum oumou oumy ousmane oussama
owen ozan ozgur pablo paco pacome padraig paige paloma pamela paola paolo pascale pascaline pasquale patrice patricia patrick
patrizia paul paula paule paulette paulina pauline paulo pavel pawel pedro peggy pelagie penda penelope perceval perine perrine
peter petra petronille phebe philemon philibert philip philippe philippine philomene phoebe phuong pia pierrick pierrot pietro
pilar piotr pol polina polly primael priscilla priscille priya quang quentin quiterie quitterie quoc rabah rabia rachel rachelle
rachid rachida radia radouane rafael rafaela rafaella raffaele rafik raghad rahma rahul raihana raissa raj rajesh ralph ramata
ramatoulaye ramdane rami ramla ramon ramzi rana rania raoul raphael raphaela raphaelle raquel rasha rashid raul rayan rayane
rayhana raymond raymonde rayna razan razvan rebecca reda redouane reem regine regis rejane remi remy renan renata renato renaud
rene renee renzo reynald reza rhian rhiannon rhona rhys riad ricardo riccarda riccardo richard rick rihab rihana rihanna riley
rita ritaj riyad rizlane robert roberta roberto robinson rocco rochdi rodolphe rodrigo rodrigue rogelio roger rohan rokaya
rokhaya roland rolande romana romaric romeo romina romuald romy ronald ronan ronane rony rory rosa rosalia rosalie rosalind
rosaline rosalyn rosangela rosanna rosario roseline roselyne rosemary rosie rosine ross rowan rowena roxane roxanne rozenn ruben
rudolf rudy rufus rui runa ruqayya ruslan russell ruth ryad ryan ryma ryota saad sabah saber sabina sabine sabri sabria sabrina
sacha sachiko sadia sadie sadio safa safia safiatou safiya safwan saida saidou saif sakina sakura salah salif saliha salim
salima salimata saliou salma salome salomon saloua salvador salvatore samantha samara sami samia samir samira sammy samson
samuel samy sanaa sanae sandie sandra sandrine sandro sanjay santino saoirse sara sarah sasha saskia saul savannah savio sawsan
scarlett sean seb sebastian sebastiana sebastiao sebastien sefa segolene seher selena selene selim selin selina selma selman
semih semra serena serge sergei sergey sergio serigne servane seth sevda severin severine sevval seydou shaima shaina shana
shanel shannon shanon sharon shauna shawn shayna sheila shelby shirine shirley shreya sibylle sidi sidonie siegfried sienna
siham sihem silas silvana silvano silvia silvina silvio simao simeon simon simona simone simonetta simran sinan sinead siobhan
sirin sirine sixte skye slavica slimane snezana soan soazig sofian sofiane sofie sofiia sofiya sofyan sohan sohane soheil solal
solange soleane soledad solene soline solveig sonia sonny sophia sophian sophie sophonie soraya sorin souad soufiane souheil
soukaina souleyman souleymane soumaya soumia stacy stan stanislas stanislav steeve stefan stefanella stefania stefano steffi
stella stephan stephane stephanie stephen sterenn steve steven stewart stuart suleyman sullivan sunita suzanne suzette suzie
suzy sven svetlana svitlana swann swany sybille syham sylla sylvain sylvaine sylvester sylvestre sylvette sylvia sylviane sylvie
syrine tabitha taha tahar taher taina talal talia talya tamara tamatoa tamsin tancrede tanguy tania tanya tara tarak tarek tarik
tariq tasnim tasnime tatiana tatyana tayeb taylan tayron ted teddy tegan tehani teiki telmo teo teodora terence teresa teresinha
tess tessa teva thais thalia thanh thao thea theana theliau theo theodora theodore theodule theophane theophile theotime theresa
therese thiago thibaud thibault thibaut thiebaud thierno thierry thomas thuy thya tia tiago tiana tidiane tifany tiffanie
tiffany tilio tilly tim timael timeo timothe timothee timothy timour tina tino tita titaina tito titouan tobias tobie toby tolga
tom tomas tomasz tome tomislav tommaso tommy tomy toni tonio tony tracy trang trevor tricia tristan tuan tugba tugdual tybalt
tylan tyler tylia tymeo typhaine tyrell tyron tyrone ugo ugur ulrich umar umberto umran umut uriel ursula usman vadim vaiana
vaihere vaimiti valentin valentina valentine valentino valere valeria valerian valerie valerio valeriya valery valmont valter
vanessa vanina vasco vasile vassili vasyl venceslas vera veronica veronika veronique vianney vicente vicenzo vicky victor
victoria victorien victorine vijay viktor viktoria vincent vincente vincenza vincenzo vincianne violaine violeine violetta
virgil virginia virginie vitor vitoria vittoria vivian viviane vivien vivienne vlad vladimir volodymyr wael wafa wahib wahiba
waleed walid walter wanda wandrille warren wasim wassila wassim wei wenceslas wendy wesley wiam widad widade wiem wijdane wilf
wilfrid wilfried wilhelm willem william williams willy wilson winifred winnie winston wissal wissam wissem wojciech wolfgang
xavi xavier xaviere xiao xico ximena ximeno yacine yacoub yael yaelle yagmur yahya yakine yakup yamina yan yana yanel yani yanis
yaniss yanisse yann yannick yannig yannis yanyan yara yaroslav yasin yasmin yasmina yasmine yassin yassine yassir yassmine
yating yavuz yaya yazan yazid yegor yelena yessica yevgeni yifan yigit yihan yildiz ying ylan yoan yoann yohan yohann yolanda
yolande yonah yoni yoram yordan youcef youenn youna younes youness younis younous youri yousef yousra youssef youssouf
youssoupha youssra ysaline ysaure ysee yseult yuki yulia yuliya yun yuna yunus yuri yusra yusuf yuxuan yvan yves yvette yvon
yvonne zac zachariah zacharie zachary zack zahia zahra zaid zaina zainab zak zakaria zakariya zakia zara zayd zayn zaynab zdenka
zehra zeinab zelda zelie zephyrin zeyneb zeynep ziad ziane zihan zineb zinedine zixuan ziyad ziyed zoe zoelie zoey zofia zohra
zoltan zora zoran zoubida zoubir zouhair zulmira zuzanna zyad
`;

/** Names that are ordinary words too, places, months or famous family names: they need a capital and a sign that a person is meant. */
const AMBIGUOUS = `
aida aime ali alpha amande amber ambre amour ange angel angelique angle april arden ariel arno aube aurore austin avril
balthazar bamba beau belle ben bill blanche blue bonaventure brooklyn brune camelia capucine carmine cassis celeste cerise
chance cherie clair claire clemence clement clementine cloe colin colombe come constance cristal crystal dahlia daisy dan dawn
dean desire desiree destiny diamond dolores duc ebony eden emeraude emir esperance faith felicity fidele fleur florence florin
fortune france frank gaia gene gentil grace grant guy harmonie harmony hazel heather heaven hermine honor honore hope hunter
india innocent iris isla israel ivoire ivy jan jasmin jasmine jean jihad joy jude julienne june juste lance lancelot lilas line
lise loan lois long lorraine loup love lucky luther madeleine madonna mai major malice malo manuel manuelle marguerite marie
marin marine mark marne martial martin mason max may maya medina melodie melody mercedes merle merlin messaline milan ming
modeste moise mona muse myrtille nadir nancy neige nia nil noel nola norman ocean octave octobre odessa olive oman opale opaline
orane papa pape parfait paris parker pascal patience pearl penny perle pierre plume prince princesse promesse prosper prudence
prune ravi ray reine rim rime robin romain romaine roman romane rose ruby sable saffron safran sage said sam samba sana sandy
santiago saphir senna serein sierra sira sky sofia sol sola soleil sue sully sultan summer sunday sunny swan toussaint trinity
ulysse una urbain valence venus victoire vienne violette virgile wail wallis wilder will willow winter zen zeno zephyr
`;

export const PLAIN_GIVEN_NAMES = namesOf(PLAIN);
export const AMBIGUOUS_GIVEN_NAMES = namesOf(AMBIGUOUS);

function namesOf(list: string): ReadonlySet<string> {
  return new Set(list.split(/\s+/).filter((word) => word !== ""));
}
