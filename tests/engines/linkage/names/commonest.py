"""Common given names and surnames of France, each a name of its own; none in two spellings."""

_GIVEN = """
Adam Adèle Adrien Agathe Agnès Aïcha Alain Albert Alexandre Alice Alix Alma Amandine Ambre Amélie
Amine Amir Anaïs André Andrée Anna Anne Anthony Antoine Apolline Ariane Armand Arnaud Arthur Assia
Audrey Augustin Aurélie Aurélien Aurore Axel Aya Ayoub Baptiste Basile Bastien Béatrice Benjamin
Benoît Bernadette Bernard Bertrand Bilal Brigitte Bruno Camille Candice Capucine Carla Caroline
Catherine Cécile Céline Chantal Charles Charlotte Chloé Christian Christine Christophe Claire
Clarisse Claude Claudine Clémence Clément Clotilde Colette Corinne Cyril Damien Daniel Danielle
David Delphine Denis Diane Didier Dominique Dorothée Eden Édith Édouard Éléonore Élias Élise
Élisabeth Ella Élodie Éloïse Elsa Émile Émilie Emma Emmanuel Emmanuelle Enzo Éric Estelle Esther
Ethan Étienne Eugénie Eva Évelyne Fabien Fabrice Fanny Farid Fatima Fatoumata Félix Florence
Florian Francis Franck François Frédéric Frédérique Gabin Gabriel Gabrielle Gaël Gaëlle Gaspard
Geneviève Georges Gérard Ghislaine Gilbert Gilles Grégory Guillaume Gustave Guy Hakim Hamza Hélène
Henri Hervé Hugo Hugues Ibrahim Imane Inaya Inès Isaac Isabelle Jacqueline Jacques Jade Jean
Jeanne Jeannine Jennifer Jérémie Jérôme Jessica Joël Joëlle Jonathan Joseph Josette Josiane Jules
Julia Julie Julien Juliette Justine Karim Karine Kelly Kenza Kevin Khadija Laëtitia Lamine Laura
Laure Laurence Laurent Léa Leïla Léna Léo Léonie Liam Lilou Lina Lionel Lola Lou Louane Louis
Louise Loïc Lucas Lucie Lucien Ludovic Luna Lydie Maël Maëlle Maëlys Maeva Malik Malo Mamadou
Manon Marc Marcel Marcelle Margaux Marguerite Maria Mariam Marie Marine Marion Marius Martin
Martine Mathéo Mathilde Mathis Matthieu Maurice Maxime Mégane Mehdi Mélanie Mélina Mélissa Michel
Michelle Mila Mireille Mohamed Monique Morgane Moussa Muriel Mustapha Myriam Nadia Nadine Naïm
Nathalie Nathan Nicolas Nicole Nina Noah Noé Noël Noëlle Noémie Nolan Nora Océane Odette Olivia
Olivier Omar Oscar Ousmane Pascal Pascale Patrice Patricia Patrick Paul Pauline Philippe Pierre
Quentin Rachid Raphaël Raymond Rayan Régine Régis Rémi Renaud René Renée Richard Robert Robin
Roger Roland Romain Romane Romy Rose Roxane Sabine Sabrina Salim Salma Samir Samira Samuel Sandra
Sandrine Sarah Sébastien Serge Séverine Simon Simone Sofia Sofiane Solange Solène Sonia Sophie
Souleymane Stéphane Stéphanie Suzanne Sylvain Sylvie Tatiana Théo Thérèse Thibault Thierry Thomas
Tiago Timothée Tom Valentin Valentine Valérie Vanessa Véronique Victor Victoire Vincent Violette
Virginie Walid Wassim William Xavier Yacine Yanis Yann Yasmine Yvette Yves Yvonne Youssef Younès
Zoé Zohra
"""
_SURNAMES = """
Adam Albert Allard Alexandre Andrieux Antoine Arnaud Aubert Aubry Auger Bailly Barbier Baron Barre
Barthélemy Baudry Benard Benoit Berger Bernard Berthelot Bertin Bertrand Besnard Besson Blanc
Blanchard Blin Blondel Bonneau Bonnet Bouchard Boucher Boulanger Boulay Bourdon Bourgeois Bousquet
Bouvier Boyer Breton Briand Brun Brunet Bruneau Buisson Camara Camus Carlier Caron Carpentier
Carre Charles Charpentier Charrier Chartier Chauvin Chevalier Clément Cohen Collet Colin Cordier
Coste Coulon Cousin Couturier Daniel David Delmas Delorme Denis Deschamps Descamps Devaux Diallo
Didier Diop Duboc Dubois Dufour Dumas Dumont Dupont Dupuis Durand Duval Étienne Evrard Fabre
Faivre Faure Favre Fernandez Ferrand Fischer Fleury Fontaine Fouquet Fournier François Gaillard
Garcia Garnier Gauthier Gay Georges Gérard Germain Gilbert Gilles Girard Giraud Gomez Gonzalez
Grandjean Grenier Gros Guérin Guichard Guillaume Guillet Guillot Guyot Hamel Hamon Henry Herve
Hoarau Hubert Huet Humbert Imbert Jacob Jacques Jacquet Jacquot Jean Joly Jourdan Julien Klein
Konaté Lacroix Lambert Lamy Langlois Laporte Laurent Lebon Leblanc Leclerc Lecomte Lefèvre Leger
Legrand Lejeune Lemaire Lemaitre Lemoine Leroux Leroy Lesage Leveque Lopez Louis Mace Mahe
Maillard Mallet Marchal Marchand Marechal Marie Marin Marion Martin Martinez Marty Masson Mathieu
Maury Menard Mercier Meunier Meyer Michaud Michel Millet Monnier Moreau Morel Morin Morvan Moulin
Muller Nguyen Nicolas Noel Olivier Paris Parent Pasquier Paul Payet Pelletier Peltier Perez Perret
Perrier Perrin Perrot Petit Philippe Picard Pichon Pierre Poirier Pons Poulain Prevost Raynal
Raymond Regnier Remy Renard Renaud Rey Ricard Richard Rivière Robert Robin Roche Rodriguez Roger
Rolland Rousseau Roussel Rousset Roux Roy Royer Sanchez Schmitt Schneider Simon Tanguy Tessier
Texier Thomas Traoré Valentin Vallée Vasseur Verdier Vidal Vincent Voisin Wagner Weber
"""
GIVEN = tuple(_GIVEN.split())
SURNAMES = tuple(_SURNAMES.split())
