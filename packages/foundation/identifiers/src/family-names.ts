/** Family names usual in French schools, folded; those that are ordinary words are left to what stands around them. */
const LIST = `
martin bernard dubois robert richard durand leroy moreau simon laurent lefebvre lefevre michel garcia david bertrand roux vincent fournier morel girard andre mercier dupont
lambert bonnet francois martinez legrand garnier faure blanc guerin boyer nicolas perrin morin mathieu clement gauthier dumont lopez fontaine robin masson sanchez
gerard nguyen boulanger denis lemaire duval joly gautier roger roche roy noel meyer lucas meunier jean perez marchand dufour blanchard marie barbier brunet dumas brun vidal
picard aubert renard rolland olivier philippe bourgeois pierre benoit leclerc leclercq lacroix lecomte rey rodriguez fernandez guillaume hubert louis charles moulin berger caron
fabre deschamps arnaud renaud carpentier dupuis dasilva ferreira pereira carvalho gomes lopes martins rodrigues fernandes goncalves ribeiro costa santos oliveira sousa silva
teixeira moreira pinto alves correia mendes nunes soares vieira monteiro cardoso rocha marques almeida coelho cunha machado barbosa tavares antunes lourenco magalhaes
traore diallo diarra coulibaly keita camara cisse toure sissoko konate kone fofana sylla bah barry sow ba diop ndiaye fall gueye faye sarr seck diouf mbaye niang thiam sy ly kante
dembele doucoure sidibe sangare bamba ouattara konan kouassi kouame yao koffi kouadio nguessan diabate soumare sacko gassama dramane cissokho dia wade mendy gomis ndour niane
mbappe ngoma mboumba nkoulou moukoko kabongo kabila ilunga tshibangu mukendi mutombo lukaku makiese nzuzi mbuyi kalala nsimba matondo massamba loemba samba bakary bagayoko
benali benamar benaissa benabdallah bensalem benmoussa benyahia bensaid belkacem belhadj bouazza bouaziz boudiaf boukhari boumediene bouzid brahimi chaouch cherif daoud djebbar
elamrani elidrissi elmansouri elfassi elkhattabi haddad hadj hamdi hamidi hammami idrissi jaziri kaci kaddour khalfi khelifi larbi lahlou mansouri mebarki meziane mokrani naceri
ouali rahmani saidi saadi slimani tahiri tazi toumi yahiaoui zerouali ziani ziri zidane ayari jebali trabelsi gharbi benzema bouchareb boutaleb alaoui berrada benjelloun chraibi amrani
yilmaz kaya demir celik sahin yildiz yildirim ozturk aydin ozdemir arslan dogan kilic aslan cetin kara koc kurt ozkan simsek polat erdogan gunes aksoy
tran le pham hoang huynh phan vo dang bui ho duong li wang zhang liu chen yang huang zhao wu zhou xu zhu lin luo kim park singh patel kumar khan sharma begum hussain ahmed ali
kowalski nowak wisniewski kovac novak popescu ionescu popa ivanov petrov ivanova petrova kuznetsov smirnov shevchenko kovalenko bondarenko melnyk petrovic jovanovic nikolic
rossi russo ferrari esposito bianchi romano colombo ricci marino greco bruno gallo conti mancini lombardi moretti barbieri
smith jones williams brown taylor davies evans wilson thomas johnson roberts walker wright robinson thompson hughes edwards green lewis clarke jackson harrison
patterson murphy kelly osullivan obrien mccarthy byrne ryan campbell stewart macdonald anderson scott hernandez gonzalez ramirez torres flores diaz reyes morales ortiz gutierrez
lefort lemoine legall legoff lebreton lebrun leblanc leroux leduc lejeune lepage leveque lemaitre leroi letellier lelievre langlois charpentier chevalier collet collin colin cousin
cordier dacosta daniel delage delahaye delaunay delattre delmas delorme descamps devaux didier dupuy dumoulin etienne evrard ferrand fischer fleury gaillard gilbert gillet giraud
gomez gonzales gregoire grondin guichard guillot guillet guyot hamon henry herve hoarau huet humbert jacob jacquet jacques jacquot joubert julien klein lacombe lagarde lamy lang
laporte launay laroche marechal marin marion marty maillard maillot mallet menard michaud millet monnier muller neveu pages paris pasquier paul payet pelletier peltier perrier
perrot petitjean pichon poirier pons poulain prevost raymond regnier remy renault reynaud riviere rousset roussel salmon sauvage schmitt schneider tessier texier thibault thierry
tanguy vallee valentin vasseur vaillant verdier weber besson bigot blanchet blondel bouchet boucher boulay bouvier boutin bourdon brunel buisson carre charrier chauvin chevallier
coste courtois cros delacroix denis devos drouet ducrocq dubreuil dubuisson duchemin duchene dufresne dujardin dumoulin dupre durant durieux fouquet gallet gay georges germain godard grenier
guilbert guillon hebert imbert jourdan labbe leclair legros lejeune lenoir lesage levy cohen benhamou amar elbaz attal azoulay bitton sebbag haziza lellouche toledano zerbib sitbon uzan
mace maurice moulinier navarro olivier ollivier parent pineau poncet potier prigent quere rault raynaud ruiz seguin serre thomas tournier turpin vernet vigneron voisin wagner walter
baker cook carter cooper fisher mason miller parker potter turner ward wood hill white black king young knight bishop bailey bennett collins cox foster gibson gray harris mitchell morgan morris palmer phillips price richardson rogers russell shaw simpson watson webb west
petit grand blanc noir rose moulin leblond lenoir rouge legris violet clerc leclair page marquis baron prince leduc pasteur potier chevalier marin soleil riviere perle pont dupre colombe lion renard loup poisson boucher
hugot bertin bodin boisson bonneau bouquet briand carlier chatelain cornu coulon dupond duclos garreau gosselin guillou hardy jacquemin lebon lefranc lemonnier leonard maillet mahe
marchal martel meziere perret pottier royer sabatier tardy techer turpin vial
`;

export const FAMILY_NAMES: ReadonlySet<string> = new Set(LIST.split(/\s+/).filter((name) => name.length > 1));
