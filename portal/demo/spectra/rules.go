package spectra

import (
	"slices"

	"foyer/schema"
)

// rules are 40: 35 that customers read, 5 that are the company's own business.
func rules() []schema.ConfigurationRule {
	return slices.Concat(lightRules(), bedRules(), safetyRules(), controlRules(), internalRules())
}

// rule is one for customers.
func rule(key, text, en, de string) schema.ConfigurationRule {
	return schema.ConfigurationRule{Key: key, Text: text, Message: say(en, de)}
}

func lightRules() []schema.ConfigurationRule {
	return []schema.ConfigurationRule{
		rule("cooling-500", "source.fibre500 -> !cooling.air",
			"500 W needs liquid cooling: air cooling is rated up to 350 W.",
			"500 W brauchen Flüssigkeitskühlung: Luftkühlung ist bis 350 W ausgelegt."),
		rule("cooling-tube", "source.co2_150 | source.duo -> !cooling.air",
			"This source gives off more than 2 kW of heat, and air carries away 1.2 kW. Choose liquid cooling or your cooling water.",
			"Diese Quelle gibt mehr als 2 kW Wärme ab, Luft führt 1,2 kW ab. Wählen Sie Flüssigkeitskühlung oder Ihr Kühlwasser."),
		rule("supply-table", `table(source, cooling, supply) {
	fibre200 | fibre350 | co2_100, air | water,          *;
	fibre200 | fibre350 | co2_100, liquid,               ch400 | eu400_16 | eu400_32;
	fibre500 | co2_150 | duo,      air | liquid | water, ch400 | eu400_16 | eu400_32;
	*,                             chiller9,             eu400_16 | eu400_32; // starts with 45 A
}`,
			"This source with this cooling needs three phases: choose a 400 V supply. The 9 kW chiller starts with 45 A and needs a CEE plug.",
			"Diese Quelle mit dieser Kühlung braucht Drehstrom: wählen Sie einen 400-V-Anschluss. Der Kühler mit 9 kW zieht beim Anlauf 45 A und braucht einen CEE-Stecker."),
		rule("power-sum", `900 W
	+ 900 W * source.fibre200 + 1300 W * source.fibre350 + 1800 W * source.fibre500
	+ 1200 W * source.co2_100 + 2400 W * source.co2_150 + 2500 W * source.duo
	+ 200 W * cooling.air + 1600 W * cooling.liquid + 3400 W * cooling.chiller9 + 200 W * cooling.water
	+ 1100 W * bed.vacuum + 700 W * bed.exchange + 800 W * equipment.loader + 250 W * rotaries
	+ 900 W * extraction.ex400 + 1600 W * extraction.ex800 + 2600 W * extraction.ex1500 + 1800 W * extraction.carbon
	<= 3.6 kW * supply.eu230 + 3 kW * supply.uk230 + 6.9 kW * supply.ch400 + 11 kW * supply.eu400_16 + 22 kW * supply.eu400_32`,
			"Together this draws more than the supply gives: 3.6 kW from type F, 3.0 kW from type G, 6.9 kW from T15, 11 kW from CEE 16 A, 22 kW from CEE 32 A. Choose a stronger supply, or a smaller extraction.",
			"Zusammen zieht das mehr, als der Anschluss gibt: 3,6 kW aus Schuko, 3,0 kW aus Typ G, 6,9 kW aus T15, 11 kW aus CEE 16 A, 22 kW aus CEE 32 A. Wählen Sie einen stärkeren Anschluss oder eine kleinere Absaugung."),
		rule("optics-fibre", "source.fibre200 | source.fibre350 | source.fibre500 -> optics.silica100 | optics.silica125 | optics.silica150 | optics.pair",
			"Zinc selenide lenses are coated for 10.6 µm: at 1064 nm they throw part of the beam back into the fibre. Choose a fused silica lens.",
			"Zinkselenidlinsen sind für 10,6 µm vergütet: bei 1064 nm werfen sie einen Teil des Strahls in die Faser zurück. Wählen Sie eine Quarzglaslinse."),
		rule("optics-co2", "source.co2_100 | source.co2_150 -> optics.znse51 | optics.znse102 | optics.pair",
			"Fused silica does not let 10.6 µm through: the lens would take all of the beam and crack. Choose a zinc selenide lens.",
			"Quarzglas lässt 10,6 µm nicht durch: die Linse nähme den ganzen Strahl auf und zerspränge. Wählen Sie eine Zinkselenidlinse."),
		rule("optics-duo", "source.duo <-> optics.pair",
			"The Duo has two wavelengths and needs the changer with both lenses; a source with one wavelength needs one lens.",
			"Die Duo hat zwei Wellenlängen und braucht den Wechsler mit beiden Linsen; eine Quelle mit einer Wellenlänge braucht eine Linse."),
		rule("scanner-power", "source.fibre500 | source.duo -> !scanner.s4",
			"From 500 W on, and with two beams, the head is watched at eight places. Choose 8 or 16 channels.",
			"Ab 500 W und bei zwei Strahlen wird der Kopf an acht Stellen überwacht. Wählen Sie 8 oder 16 Kanäle."),
	}
}

func bedRules() []schema.ConfigurationRule {
	return []schema.ConfigurationRule{
		rule("frame", "width + depth <= 2.2 m",
			"Width and depth come to 2.2 m at most: a larger frame does not pass through the door of a lorry. Take off from one of them.",
			"Breite und Tiefe ergeben zusammen höchstens 2,2 m: ein größerer Rahmen passt nicht durch die Tür des Lkw. Nehmen Sie an einer Seite etwas weg."),
		rule("honeycomb-fibre", "bed.honeycomb -> source.fibre200 | source.co2_100 | source.co2_150",
			"Honeycomb is foil of 0.1 mm: a fibre beam of 350 W cuts through it. Choose slats, or a source of 200 W or CO2.",
			"Waben sind Folie von 0,1 mm: ein Faserstrahl mit 350 W durchtrennt sie. Wählen Sie Stableisten oder eine Quelle mit 200 W oder CO2."),
		rule("vacuum-size", "bed.vacuum -> width <= 1200 mm & depth <= 800 mm",
			"The vacuum bed is made up to 1200 x 800 mm: beyond that its pump does not hold sheet flat. Choose slats for a larger area.",
			"Den Vakuumtisch gibt es bis 1200 x 800 mm: darüber hält seine Pumpe Bleche nicht mehr flach. Wählen Sie Stableisten für eine größere Fläche."),
		rule("vacuum-oxygen", "bed.vacuum -> !equipment.oxygen",
			"The vacuum pump would draw in oxygen, and its oil would burn. Choose nitrogen, or another bed.",
			"Die Vakuumpumpe würde Sauerstoff ansaugen, und ihr Öl würde brennen. Wählen Sie Stickstoff oder eine andere Auflage."),
		rule("exchange-door", "bed.exchange -> enclosure.closed | enclosure.window",
			"The exchange table leaves through a door in front, which the tunnel and the open machine do not have. Choose a closed enclosure or one with a window.",
			"Der Wechseltisch fährt durch eine Fronttür aus, die es mit Tunnel und bei der offenen Maschine nicht gibt. Wählen Sie die geschlossene Einhausung oder die mit Fenster."),
		rule("loader-exchange", "equipment.loader -> bed.exchange",
			"The loader lays sheets on the exchange table while the other one is cut. Choose the exchange table with it.",
			"Der Lader legt Bleche auf den Wechseltisch, während das andere geschnitten wird. Wählen Sie den Wechseltisch dazu."),
		rule("rotary-lift", "equipment.rotary -> lift >= 200 mm",
			"A chuck with a tube of 125 mm stands 190 mm high. Choose a Z axis of 200 mm or more.",
			"Ein Futter mit einem Rohr von 125 mm ist 190 mm hoch. Wählen Sie eine Z-Achse mit 200 mm oder mehr."),
		rule("rotary-width", "250 mm * rotaries <= width - 200 mm",
			"Each chuck takes 250 mm, and 200 mm remain for the tailstocks. Choose fewer chucks, or a wider machine.",
			"Jedes Futter belegt 250 mm, und 200 mm bleiben für die Reitstöcke. Wählen Sie weniger Futter oder eine breitere Maschine."),
		rule("addons-weight", `180 kg * bed.exchange + 140 kg * equipment.loader + 62 kg * cooling.liquid + 118 kg * cooling.chiller9
	+ 58 kg * extraction.ex400 + 96 kg * extraction.ex800 + 165 kg * extraction.ex1500 + 110 kg * extraction.carbon
	+ 90 kg * enclosure.tunnel + 35 kg * rotaries <= 500 kg`,
			"The base frame carries 500 kg of what is built on. Choose a lighter extraction or cooling, or your own.",
			"Der Grundrahmen trägt 500 kg an Aufbauten. Wählen Sie eine leichtere Absaugung oder Kühlung, oder Ihre eigene."),
	}
}

func safetyRules() []schema.ConfigurationRule {
	return []schema.ConfigurationRule{
		rule("passthrough-light", "equipment.passthrough -> enclosure.tunnel | enclosure.integration",
			"Pass-through doors let light out, and class 1 of IEC 60825-1 allows none. Choose the tunnel, or the open machine within your own cell.",
			"Durchreichtüren lassen Licht hinaus, Klasse 1 nach IEC 60825-1 erlaubt keines. Wählen Sie den Tunnel oder die offene Maschine in Ihrer eigenen Zelle."),
		rule("tunnel-door", "enclosure.tunnel -> equipment.passthrough",
			"The tunnel joins pass-through doors. Choose them with it, or the closed enclosure.",
			"Der Tunnel schließt an Durchreichtüren an. Wählen Sie sie dazu, oder die geschlossene Einhausung."),
		rule("window-power", "enclosure.window -> !source.fibre500",
			"The glass of the window is tested to IEC 60825-4 for 350 W at 1064 nm. For 500 W choose the closed enclosure, with the camera to watch.",
			"Das Glas des Fensters ist nach IEC 60825-4 für 350 W bei 1064 nm geprüft. Wählen Sie für 500 W die geschlossene Einhausung, mit der Kamera zum Zuschauen."),
		rule("class4-training", "enclosure.integration -> training >= 1 d",
			"An open laser is class 4 by IEC 60825-1: whoever works at it has to be instructed. Choose a day of training or more.",
			"Ein offener Laser ist Klasse 4 nach IEC 60825-1: wer daran arbeitet, muss unterwiesen sein. Wählen Sie mindestens einen Tag Schulung."),
		rule("class4-fieldbus", "enclosure.integration -> software.fieldbus",
			"Your cell has to be able to switch the beam off when its door opens. Choose the safe fieldbus.",
			"Ihre Zelle muss den Strahl abschalten können, wenn ihre Tür aufgeht. Wählen Sie den sicheren Feldbus."),
		rule("fire-closed", "equipment.fire -> !enclosure.integration",
			"Fire suppression floods a closed cabin; around the open machine there is none. Choose an enclosure, or protect your cell yourself.",
			"Die Löschanlage flutet eine geschlossene Kabine; um die offene Maschine gibt es keine. Wählen Sie eine Einhausung, oder schützen Sie Ihre Zelle selbst."),
		rule("fire-co2", "source.co2_150 -> equipment.fire",
			"150 W set wood and acrylic on fire when the beam stops. Choose fire suppression with it.",
			"150 W entzünden Holz und Acryl, wenn der Strahl stehen bleibt. Wählen Sie die Löschanlage dazu."),
		rule("extraction-area", "extraction.ex400 -> width + depth <= 1.7 m",
			"400 m³/h clear a bed of up to 1000 x 700 mm (1.7 m of width and depth). Choose 800 m³/h or more for a larger one.",
			"400 m³/h reichen für einen Tisch bis 1000 x 700 mm (1,7 m aus Breite und Tiefe). Wählen Sie für einen größeren mindestens 800 m³/h."),
		rule("co2-carbon", "source.co2_100 | source.co2_150 | source.duo -> extraction.carbon | extraction.house",
			"CO2 lasers cut organic material, and its solvents pass through dust filters. Choose extraction with activated carbon, or your own that leads outside.",
			"CO2-Laser schneiden Organisches, und dessen Lösemittel gehen durch Staubfilter hindurch. Wählen Sie die Absaugung mit Aktivkohle oder Ihre eigene, die ins Freie führt."),
		rule("carbon-sparks", "extraction.carbon -> !(source.fibre350 | source.fibre500)",
			"Cutting metal throws sparks, and activated carbon burns. Choose extraction without carbon for a fibre laser from 350 W on.",
			"Beim Schneiden von Metall fliegen Funken, und Aktivkohle brennt. Wählen Sie für einen Faserlaser ab 350 W eine Absaugung ohne Kohle."),
	}
}

func controlRules() []schema.ConfigurationRule {
	secure := rule("remote-gateway", "software.remote -> software.gateway",
		"From 20 January 2027 on, Regulation (EU) 2023/1230 wants machines with remote access protected against corruption. Choose the secure gateway with it.",
		"Ab dem 20. Januar 2027 verlangt die Verordnung (EU) 2023/1230, dass Maschinen mit Fernzugriff gegen Korrumpierung geschützt sind. Wählen Sie das sichere Gateway dazu.")
	secure.ValidFrom = day(2027, 1, 20)
	return []schema.ConfigurationRule{
		rule("gas-source", "equipment.nitrogen | equipment.oxygen -> source.fibre350 | source.fibre500 | source.duo",
			"Cutting gas under pressure pays from 350 W of fibre laser on; below that, the fan of the head does. Choose a stronger source, or leave the console out.",
			"Schneidgas unter Druck lohnt ab 350 W Faserlaser; darunter genügt das Gebläse des Kopfes. Wählen Sie eine stärkere Quelle, oder lassen Sie das Pult weg."),
		rule("height-metal", "equipment.height -> !(source.co2_100 | source.co2_150)",
			"Capacitive height control feels metal alone, and these sources cut none. Choose a fibre laser, or leave it out.",
			"Die kapazitive Abstandsregelung spürt nur Metall, und diese Quellen schneiden keines. Wählen Sie einen Faserlaser, oder lassen Sie sie weg."),
		rule("camera-vision", "equipment.camera <-> software.vision",
			"Camera and vision see together: one without the other has nothing to look with, or at. Choose both or neither.",
			"Kamera und Bilderkennung sehen gemeinsam: eine ohne die andere hat keine Augen oder kein Hirn. Wählen Sie beide oder keine."),
		rule("nesting-drawing", "software.nesting -> software.cam",
			"Nesting arranges what “Drawing to beam” has read. Choose both.",
			"Schachteln ordnet an, was „Zeichnung zu Strahl“ gelesen hat. Wählen Sie beide."),
		rule("licences", "atmost(5, software.*)",
			"The control has memory for five packages at a time. Leave one out.",
			"Die Steuerung hat Speicher für fünf Pakete zugleich. Lassen Sie eines weg."),
		rule("colour-open", "enclosure.integration -> colour.graphite | colour.cloud",
			"The open machine has no housing but its base, which comes in graphite or cloud.",
			"Die offene Maschine hat kein Gehäuse, nur ihr Gestell, und das gibt es in Graphit oder Wolke."),
		secure,
		rule("service-remote", "service.full -> software.remote",
			"To be there within 24 hours we look into the machine before we leave. Choose remote diagnosis with it, or the plan “Care”.",
			"Um binnen 24 Stunden da zu sein, schauen wir vor der Abfahrt in die Maschine. Wählen Sie die Ferndiagnose dazu, oder den Vertrag „Pflege“."),
	}
}

// internalRules are none of the customers' business: they learn that something is
// not possible, and no more.
func internalRules() []schema.ConfigurationRule {
	return []schema.ConfigurationRule{
		{Key: "quota-chiller", Text: "cooling.chiller9 -> source.fibre500 | source.co2_150 | source.duo", Internal: true, ValidTo: day(2027, 4, 1),
			Note: "The supplier gives us 14 of the 9 kW chillers a quarter until the end of March 2027. They are for sources that need them."},
		{Key: "margin-paint", Text: "colour.custom -> !source.fibre200", Internal: true,
			Note: "Special paint on the smallest machine leaves 4 %: changing the booth takes half a day. Not below 12 %, so decided by sales in May."},
		{Key: "tube-stock", Text: "service.full -> !source.co2_100", Internal: true,
			Note: "The maker of the 100 W tube does not keep exchange tubes in Europe; 24 hours cannot be promised."},
		{Key: "release-duo-vacuum", Text: "source.duo -> !bed.vacuum", Internal: true,
			Note: "Beam changer above the vacuum bed: vibration test of the test department is still open (report 2231)."},
		{Key: "drawing-loader-window", Text: "equipment.loader -> !enclosure.window", Internal: true,
			Note: "The loader's mast hits the frame of the window. Drawing change 4711 is with design; delete this rule once it is released."},
	}
}
