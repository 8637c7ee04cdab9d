"""Names, aliases and places of the invented people; what follows a slash is another spelling."""

from __future__ import annotations

Pool = tuple[tuple[str, ...], ...]


def _words(text: str) -> tuple[str, ...]:
    return tuple(text.split())


def _pool(text: str) -> Pool:
    """Words apart by spaces, spellings of one name by slashes, ``_`` for a space inside."""
    return tuple(
        tuple(word.replace("_", " ") for word in names.split("/")) for names in text.split()
    )


# Style A. The first pools are held by half of the people, and written in several ways.
OFTEN_GIVEN = _pool(
    "Aïcha/Aisha/Aicha Loïc/Loick/Loic Khadija/Kadija/Hadidja Mohamed/Mohammed/Muhamed "
    "Inès/Inaya/Ines Océane/Ocean/Oceane Grâce/Grace/Graciella Youssef/Youcef/Yusuf "
    "Noémie/Naomi/Noemie Ousmane/Ousman/Usman Kévin/Kevin/Keven Cheikh/Cheick/Sheikh "
    "Ionela/Ionella/Ionuţa Blessing/Bless/Blesing Fatou/Fatumata/Fatoumata Maëlys/Maelys/Maïlys"
)
OFTEN_SURNAMES = _pool(
    "Ben_Ali/Benali/Ben-Ali Okafor/Okafo/Okaffor Muñoz/Munoz/Mugnoz Dubois/Duboi/Du_Bois "
    "Popescu/Popesku/Popesco Lefèvre/Lefebvre/Lefevre Nguyễn/Nguyen/N'Guyen Osagie/Ossagie/Osagi "
    "Diallo/Jallow El_Idrissi/Elidrissi/Idrissi Traoré/Traore/Trawole N'Diaye/Ndiaye/Niaye"
)
GIVEN = _pool(
    "Adèle Adrien Agathe Agnès Aimé Aimée Alain Alexandre Alexandria Alfred Alice Alix Anaïs "
    "André Andrée Anne Anouk Antoine Antoinette Arnaude Arthur Astrid Audrey Auguste Augustin "
    "Aurélie Aurore Benjamin Benoît Bernadette Bernard Bertrand Brigitte Camille Capucine "
    "Caroline Catherine Cécile Célina Céline Chantal Charles Charlotte Christelle Christiane "
    "Christine Christophe Claire Claude Claudine Clémence Colette Constance Corinne Daniel "
    "Danielle David Denis Denise Diane Dominique Dorothée Édith Édouard Éléonore Élisabeth Élise "
    "Élodie Émile Emmanuel Emmanuelle Éric Étienne Eugène Eugénie Fabienne Florence Franck "
    "François Françoise Frédéric Frédérique Gabriel Gabrielle Geneviève Georges Gérard Gilbert "
    "Gilles Grégoire Guy Guillaume Hélène Henri Honoré Hortense Hugues Inga Isaac Isabelle "
    "Jacqueline Jacques Jean Jeanne Jeannine Jérôme Joseph Joséphine Josette Julie Julien "
    "Juliette Laetitia Laure Laurence Laurent Léon Lorraine Louis Louise Luc Luce Lucie Lucy "
    "Madeleine Maggie Manon Marc Marcel Marcelle Margaud Margot Marguerite Marianne Marie Marine "
    "Martin Martine Maryse Mathilde Matthieu Maurice Michel Michelle Monique Nath Nathalie "
    "Nicolas Nicole Noël Odette Olivier Patricia Patrick Paul Paulette Pauline Philippe Pierre "
    "Raymond Rémy René Renée Richard Robert Roger Roland Sabine Sébastien Simone Sophie Stéphanie "
    "Susan Susanne Suzanne Sylvie Théodore Théophile Thérèse Thibault Thierry Thomas Timothée "
    "Tristan Valentine Valérie Véronique Victoire Vincent Virginie William Xavier Yves Zoé"
)
SURNAMES = _pool(
    "Adam Albert Alexandre Allain Allard Alves Antoine Arnaud Aubert Aubry Auger Bailly Barbe "
    "Barbier Barre Barthélemy Baron Becker Bernard Bernier Berger Bertin Bertrand Besnard Besson "
    "Bigot Blanc Blanchard Blanchet Blin Blondel Blot Bonneau Bonnet Bonnin Boucher Bouchet "
    "Boulanger Boulay Bourdon Bourgeois Bousquet Boutin Bouvet Bouvier Boyer Breton Briand Brun "
    "Bruneau Brunel Buisson Camus Carlier Caron Carpentier Carré Charles Charpentier Charrier "
    "Chauveau Chauvet Chauvin Chevalier Chevallier Chrétien Clément Clerc Cohen Colas Colin "
    "Collet Collin Cordier Costa Coste Coulon Courtois Cousin Couturier Da_Costa Daniel Da_Silva "
    "David Delahaye Delannoy Delattre Delaunay Delmas Delorme Denis Descamps Deschamps De_Sousa "
    "De_Oliveira Devaux Dias Diaz Didier Dijoux Dos_Santos Dufour Duhamel Dumas Dumont Dupont "
    "Dupuis Dupuy Durand Duval Étienne Évrard Fabre Faivre Faure Fernandes Fernandez Ferrand "
    "Ferreira Fischer Fleury Fontaine Foucher Fouquet Fournier François Gaillard Garcia Garnier "
    "Gauthier Gautier Gay Georges Gérard Germain Gilbert Gillet Gimenez Girard Giraud Gomes Gomez "
    "Gonçalves Gonzalez Gosselin Grenier Grondin Gros Guérin Guibert Guichard Guillaume Guillet "
    "Guillot Guyon Hamel Hamon Hardy Henry Hernandez Hervé Hoarau Hoareau Hubert Huet Imbert "
    "Jacob Jacquet Jacquot Joly Joseph Jourdan Julien Labbé Lacombe Lacroix Lagarde Laine Lamy "
    "Langlois Laporte Laroche Launay Laurent Lebon Lebreton Lebrun Leclerc Leclercq Lecomte "
    "Leconte Legendre Léger Legrand Lejeune Le_Gall Lemaître Lemoine Lenoir Le_Roux Leroux Leroy "
    "Lesage Lévêque Lopes Lopez Lucas Macé Maillard Maillet Mallet Marchal Marchand Maréchal "
    "Marie Marin Martel Martin Martineau Martinez Martins Marty Mary Masse Masson Mathieu Maury "
    "Ménard Mendès Mercier Merle Meunier Meyer Michaud Michel Millet Monnier Moreau Morel Moreno "
    "Morin Morvan Moulin Muller Navarro Neveu Nicolas Noël Normand Olivier Ollivier Parent Paris "
    "Pascal Pasquier Paul Payet Pelletier Peltier Perez Peron Perret Perrier Perrin Perrot Petit "
    "Philippe Picard Pichon Pierre Pineau Pinto Poirier Pons Potier Pottier Poulain Prévost "
    "Raymond Raynaud Regnier Rémy Renard Renaud Renault Rey Reynaud Ribeiro Richard Rivière "
    "Robert Robin Roche Rocher Rodrigues Rodriguez Roger Rolland Rossi Rousseau Roussel Rousset "
    "Roux Roy Royer Ruiz Salmon Samson Sanchez Sauvage Schmitt Schneider Seguin Simon Tanguy "
    "Techer Tessier Texier Thibault Thierry Thomas Toussaint Turpin Vaillant Valentin Vallée "
    "Vallet Vasseur Verdier Vidal Vincent Voisin Wagner Weber"
)
ALIASES = _words("Zina Boubou Titi Kiki Sissi Momo Lulu Lina Tata Jojo Nala Mimi Nono Blaze")

# Style B: other origins, compound names, spellings that follow no list of the engine.
KEPT_GIVEN = _pool(
    "Maïwenn/Maiwen Nolwenn/Nolwen Gwenaëlle/Gouenael Enora/Énora Tifenn/Tiffen Yuna/Youna "
    "Maddalen/Madalen Amaia/Amaya Itziar/Itsiar Ghjulia/Giulia Lisandra/Lizandra Saveria "
    "Marie-Claire Marie-Lou Marie-Anaëlle Anne-Lise/Annelise Lou-Ann/Louane Eva-Maria Jean-Yves "
    "Jean-Noël Pierre-Antoine Marie-Sarah Rose-Marie Léa-Rose Lina-Rose Emma-Lou Anna-Maria "
    "Shanelle/Chanelle/Chanel Kelyah/Kélia Shaynez/Chaïnez Maëva/Maeva Typhène/Tiphène Kendra "
    "Ludmilla/Lioudmila Anastasiya/Anastasia/Nastia Kseniia/Xenia/Ksenia Yevheniia/Evgenia "
    "Oleksandra/Alexandra/Sacha Zlata Myroslava/Miroslava Bohdana/Bogdana Viktoriia/Victoria "
    "Esmeralda/Smeralda Rozalia/Rosalia Luminița/Luminita Lăcrămioara Garofița/Garofita Zambila "
    "Mădălina/Madalina Sorina Anamaria/Ana-Maria Rebeca/Rebecca Narcisa/Narcissa Mirela/Mirella "
    "Ekhine Mahault/Mahaut Apolline/Apoline Ombeline/Hombeline Philomène/Filomène "
    "Sixtine/Sixtinne Tshilanda/Chilanda Mwamba/Mouamba Kapinga/Capinga Ngalula/N'Galula "
    "Exaucée/Exauce Bénie/Beny Dorcas/Dorkas Plamedi/Plamédie Gloria/Glory Jemima/Djemima "
    "Merveille/Merveil Christ-Vie Osarugue/Osaruge Ivie/Ivy Isoken/Issoken Ehiosun Itohan/Ito "
    "Precious/Prescious Favour/Favor Chidinma/Tchidinma Adaobi/Adaobi Nkechi/Kechi Ifunanya/Ify "
    "Temilade/Temi Yetunde/Yétundé Mariétou/Marietou Ndèye/Ndey/N'Deye Sokhna/Sokna "
    "Coumba/Kumba/Koumba Djénéba/Dieneba/Jeneba Rokhaya/Rokia Maïmouna/Maimuna/Mouna "
    "Assetou/Assitan Salimata/Sali Niélé/Niele Awa/Hawa/Aoua Echati/Échati Moinécha/Moina "
    "Zalihata/Zalia Hidaya/Idaya Nadjma/Najma Chamsia/Shamsia Fahada Soifia/Soifiya Ansoiria "
    "Raïssa/Raissa Tahiry/Tairy Voahangy/Vao Haingo/Aingo Miora Fanilo Nirina/Nirinna Soanirina "
    "Kethsia/Ketsia Widelene/Wideline Guerda/Gerda Rose-Laure Mirlande Béyoncia Shayana/Chayana "
    "Thurga Tharani/Darani Abinaya/Abinaiya Mathusha/Mathousha Nila Thảo/Thao Quỳnh/Quynh/Kwin "
    "Ngọc/Ngoc Bảo/Bao Xinyi/Shinyi/Sin-Yi Jiaqi/Jiachi Yuxuan/Yushuan Zeynep/Zeinep Elif "
    "Nurgül/Nourgul/Nurgul Berfin/Berfine Rojin/Rozhin Ayşenur/Aysenur Gülçin Hatun/Hatoun "
    "Zîn/Zin Delal/Dilal Lusine/Loussiné Hripsimé/Ripsime Anahit/Anaït Tamuna/Tamouna Sopio/Sofio "
    "Khava/Hava Zulikhan/Zoulikhan Edona/Edonna Vlora/Flora Arbnora/Arbenora Shqipe Besa/Bessa "
    "Teuta/Téouta Beatriz/Béatriz Iara/Yara Thaís/Thais/Taïs Jéssica/Gessica/Jessica "
    "Rayssa/Raissa Graça/Grassa Conceição/Conceicao Yeimy/Jeimi Yuleidy/Juleydi Wendy/Ouendy "
    "Ximena/Jimena Anyelina/Angelina Nayeli/Nayely Chaymae/Chaïma/Shayma Ghizlane/Rizlane "
    "Hajar/Hadjar/Hager Oumayma/Oumaïma Ikrame/Ikram Wissal/Ouissal Dounia/Dunya Kaoutar/Kawtar "
    "Chahrazed/Sharazad Lynda/Linda Tassadit/Tasadit Dihya/Dyhia Thiziri/Tiziri Kahina/Kaïna "
    "Sirine/Cyrine/Syrine Jihane/Gihane/Djihane Rim/Rym/Reem Nour/Noor Ritej/Ritaj Ilhame/Ilham "
    "Esteban/Estéban Gaspard Titouan/Titwan Malo Ewen/Évenn Corentin/Korentin Efflam "
    "Mattéo/Matheo Ghjuvan/Ghjuvanni Ayron/Aïron Kylian/Killian/Kilian Djayson/Jason Brayan/Bryan "
    "Steeven/Steven Ismaël/Ismail Souhayl/Suhail Abdelmalek/Malek Zakaria/Zakarya Idriss/Idris "
    "Chakib/Shakib Mamadi/Mamady Ibrahima/Brahima Lassana/Lansana Demba/Dembo Tidiane/Tijane "
    "Yaya/Yahya Emeka Nasrullah/Nasroullah Ajmal Hekmat/Ekmat Florinel/Florin Ionuț/Ionut Costel "
    "Marius Sorin Rareș"
)
KEPT_SURNAMES = _pool(
    "Le_Guillou/Leguillou Le_Bihan/Lebihan Kermarrec/Kermarec Quéméner/Quemener/Kemener Riou "
    "Guivarc'h/Guivarch Tanguy-Le_Goff Etcheverry/Etxeberri/Etcheveri Harispe Goyhenetche "
    "Albertini Casabona Mattei/Matteï Giacobbi Schaeffer/Schaefer/Chaeffer Schweitzer "
    "Zimmermann/Zimmerman Oberlé/Oberle Wurtz Vandamme/Van_Damme Vandenbroucke/Van_den_Broucke "
    "Delecroix Lecoutre Desruelles Boëldieu/Boeldieu Quenehen/Kenehen Fasquelle Beauchamp "
    "Montjoie Tournemire Vaucresson Rochambeau Duchesne/Duchêne Delaunoy De_la_Roche/Delaroche "
    "Saint-Aubin/St-Aubin Dupont-Martin Leroy-Bernard Petit-Diallo Garcia-Moreau Benali-Roux "
    "Silva-Costa Morel-Nguyen Bayle-Traoré Costa-Mendes Roche-Kaba Faure-Keita Chatel-Haddad "
    "Mutombo/Moutombo Tshibanda/Chibanda Kasongo/Kassongo Ilunga/Ilounga Mbuyi/M'Buyi "
    "Nsimba/N'Simba Kabeya/Cabeya Lukombo/Loukombo Makiese Ngoyi/N'Goyi Mavungu/Mavoungou Bemba "
    "Nzuzi/N'Zuzi Ehigie/Ehigi Omorogbe/Omoregbe Aghedo/Agedo Iyobosa/Yobosa Osunde/Ossunde "
    "Igiebor Eguavoen Ogunleye/Ogounleye Adebayo/Adébayo Nwachukwu/Nouachukwu Ezeani "
    "Obiora/Obyora Uzoma/Ouzoma Kaba/Cabah Bérété/Berete Magassouba/Magasuba Kourouma/Kuruma "
    "Doukouré/Dukure Gassama/Gasama Niakaté/Nyakate Tounkara/Tunkara Soukouna/Sukuna "
    "Dramé/Drammeh Bathily/Batchily Sakho/Sako Mboup/M'Boup Ndour/N'Dour/Ndur Thioune/Chune "
    "Diatta/Jatta Badji/Badjie/Baji Coly/Koly Manga Ahamadi/Ahmadi Madi/Mady Soilihi/Swalihi "
    "M'Changama/Mchangama Boinaïdi/Boina_Idi Houmadi Saïd_Omar/Saidomar Mohamed_Ali/Mohamedali "
    "Attoumane/Atoumane Randria/Andria Rakotovao/Rakoto Ravelomanana/Ravelo Rabearivelo/Rabe "
    "Razanakoto Andriamasy Célestin/Celestin Dorvil/Dorville Jn-Baptiste/Jean-Baptiste "
    "Pierre-Charles Estimé/Estime Hyppolite/Hippolyte Exantus Saint-Fleur Sivapalan/Sivabalan "
    "Kandiah/Candia Rajaratnam/Radjaratnam Thevarajah/Devaraja Selvarasa Arul Trịnh/Trinh "
    "Lương/Luong/Louong Đoàn/Doan Vương/Vuong Cao/Kao Zheng/Cheng Xu/Hsu/Shu Qiu/Chiu "
    "Kılınç/Kilinc/Kilintch Güneş/Gunes/Gunesh Çakır/Cakir/Tchakir Taş/Tas/Tash Bozkurt/Bozkourt "
    "Korkmaz Şenol/Senol/Chenol Avcı/Avci/Avdji Hakobyan/Akopian/Hagopian Melkonyan/Melkonian "
    "Beridze/Béridzé Kapanadze/Capanadze Gelashvili/Guelachvili Tsiklauri/Ciklauri "
    "Dudaev/Doudaïev Berisha/Bericha Gashi/Gachi Kelmendi/Kelmendy Shala/Chala Hasani/Assani "
    "Bytyqi/Bitiki Morina Lăcătușu/Lacatusu/Lakatush Covaciu/Kovatchou Rostaș/Rostas/Rostach "
    "Ciorba/Tchorba Stoica/Stoika Văduva/Vaduva Moldovan Grancea/Grantcha Câmpeanu/Campeanu "
    "Ursu/Oursou Feraru Petrescu/Petresco Boyko/Boïko Hrytsenko/Gritsenko Lysenko/Lissenko "
    "Ponomarenko Zhuk/Jouk Savchuk/Savtchouk Wróblewski/Wroblewski/Vroblevski Jabłoński/Jablonski "
    "Pawlak/Pavlak Szymańska/Szymanska Figueiredo/Figueredo Magalhães/Magalhaes "
    "Guimarães/Guimaraes Falcão/Falcao Queirós/Queiroz Do_Nascimento/Nascimento "
    "Vasconcelos/Vasconselos Quispe/Kispe Yépez/Yepes Ordóñez/Ordonez Zambrano/Sambrano "
    "Castañeda/Castaneda Ibáñez/Ibanez/Ibagnez Escobar/Scobar Mosquera El_Bouazzaoui/Bouazzaoui "
    "Aït_Oufkir/Aitoufkir Ben_Chekroun/Benchekroun Lahlou/Lahlu Ouhaddou/Uhaddu Zerhouni/Zerouni "
    "El_Khayat/Elkhayat/Khayat Belhadj/Bel_Hadj Boutaleb Hamrouni/Hamruni Ghannouchi/Ganouchi "
    "Trabelsi/Trabelssi Mzoughi/Mzougui Chebbi/Shabbi Ould_Brahim/Ouldbrahim Cherkaoui/Sharkawi "
    "Boudjemaa/Boujemaa Meziani/Mezyani Amrouche/Amrouch Haidari/Haydari Stanikzai/Stanekzai "
    "Al_Masri/Almasri/El_Masry Darwish/Darouiche Saleh/Salih"
)
KEPT_ALIASES = _words(
    "Lia Naya Shana Kenzy Lola Bella Jade Cass Mel Sky Nina Angel Perle Luna Kim Ruby Maya Cleo "
    "Shay Tess Izzy Lexa Nour Roxy Stella Zoe Mya Nele Lou Sam Rita Pitchoune Doudou Puce"
)
# Towns that do not exist.
STEMS = _words(
    "Orvel Brivan Castelun Vermoul Aubral Solenc Fontard Mirvau Pellec Garnoux Tessiac Lorvan "
    "Ravel Chambrun Vilard Brenac Courtal Malvoir Esperan Noirlac Valserin Quintal Rocbrun Sauvel"
)
ENDS = (
    *("", "-la-Forêt", "-sur-Mer", "-les-Bains", "bœuf", "nec", "dan", "ville", "-le-Vieux"),
    *("-en-Plaine", "-sous-Bois", "court"),
)
