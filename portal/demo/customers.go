package demo

import "foyer/schema"

// regime is how a sale is taxed. Aurelia sits in Jena, so German rules apply.
type regime int

const (
	domestic regime = iota // 19 % German value added tax
	reverse                // company elsewhere in the EU: 0 %, the customer accounts for the tax
	export                 // outside the EU: 0 %
	consumer               // person elsewhere in the EU, below the threshold for distance sales: 19 %
)

// basisPoints is the rate of tax in hundredths of a percent.
func (r regime) basisPoints() int64 {
	if r == domestic || r == consumer {
		return 19_00
	}
	return 0
}

// lane is the way from Aurelia to a customer: the towns where a parcel is
// sorted, those where a lorry stops, and what that costs and takes.
type lane struct {
	parcel  []string // after the carrier's first hub; the last one delivers, and customs are marked
	freight []string // after the forwarder's terminal, likewise
	days    int      // working days of a parcel from hand-over to delivery
	road    int      // working days of a lorry
	postage int64    // cents for a parcel
	haulage int64    // cents for a machine
}

// customer is an organization that buys from Aurelia.
type customer struct {
	key       string // how people.go and this file speak of it
	name      string
	parent    string // key of the organization above it
	person    bool
	suspended bool
	language  schema.Language
	tax       regime
	address   schema.Address
	deliver   schema.Address // where goods go; the registered address when empty
	weight    int            // how much it orders, compared with the others
	families  []family
	order     string // form of its purchase order numbers, for fmt; empty when it uses none
	discount  int    // usual discount on lines, in hundredths of a percent
	carriers  []string
	lane      lane
	since     int // months ago that it became a customer
}

// shipTo is where its goods are delivered.
func (c *customer) shipTo() schema.Address {
	if c.deliver.Line1 != "" {
		return c.deliver
	}
	return c.address
}

var customers = []customer{
	{key: "halden", name: "Halden Robotics", language: schema.English, tax: export, weight: 20, since: 60,
		address:  schema.Address{Name: "Halden Robotics AS", Line1: "Svinesundveien 41", PostalCode: "1788", City: "Halden", Country: "Norway"},
		deliver:  schema.Address{Name: "Halden Robotics AS", Line1: "Svinesundveien 41", Line2: "Hall 3, goods in", PostalCode: "1788", City: "Halden", Country: "Norway"},
		families: []family{spectra, halo}, order: "PO-%05d", discount: 7_50, carriers: []string{"DHL", "UPS"},
		lane: lane{parcel: []string{"Hamburg, DE", "Gothenburg, SE", "!Svinesund, NO", "Sarpsborg, NO"}, freight: []string{"Hamburg, DE", "Trelleborg, SE", "Gothenburg, SE", "!Svinesund, NO", "Halden, NO"},
			days: 4, road: 5, postage: 32_50, haulage: 1_240_00}},
	{key: "halden-se", name: "Halden Robotics Sverige", parent: "halden", language: schema.English, tax: reverse, weight: 11, since: 44,
		address:  schema.Address{Name: "Halden Robotics Sverige AB", Line1: "Importgatan 12", PostalCode: "422 46", City: "Hisings Backa", Country: "Sweden"},
		families: []family{spectra, halo}, order: "HRS-%04d", discount: 7_50, carriers: []string{"DHL", "UPS"},
		lane: lane{parcel: []string{"Hamburg, DE", "Malmö, SE", "Gothenburg, SE"}, freight: []string{"Hamburg, DE", "Trelleborg, SE", "Gothenburg, SE"},
			days: 3, road: 4, postage: 24_50, haulage: 980_00}},
	{key: "boras", name: "Borås Precision", parent: "halden-se", language: schema.English, tax: reverse, weight: 5, since: 26,
		address:  schema.Address{Name: "Borås Precision AB", Line1: "Vevgatan 8", PostalCode: "504 64", City: "Borås", Country: "Sweden"},
		families: []family{aura}, order: "BP%05d", discount: 5_00, carriers: []string{"DHL"},
		lane: lane{parcel: []string{"Hamburg, DE", "Malmö, SE", "Borås, SE"}, freight: []string{"Hamburg, DE", "Trelleborg, SE", "Borås, SE"},
			days: 3, road: 4, postage: 24_50, haulage: 990_00}},
	{key: "halden-de", name: "Halden Automation", parent: "halden", language: schema.German, tax: domestic, weight: 9, since: 31,
		address:  schema.Address{Name: "Halden Automation GmbH", Line1: "Seelandstraße 14", PostalCode: "23569", City: "Lübeck", Country: "Germany"},
		families: []family{spectra, aura}, order: "HA-B%05d", discount: 7_50, carriers: []string{"DHL", "DPD"},
		lane: lane{parcel: []string{"Hanover, DE", "Neumünster, DE", "Lübeck, DE"}, freight: []string{"Hanover, DE", "Lübeck, DE"},
			days: 2, road: 2, postage: 12_90, haulage: 540_00}},
	{key: "nordholm", name: "Nordholm Metallbau", language: schema.German, tax: domestic, weight: 18, since: 72,
		address:  schema.Address{Name: "Nordholm Metallbau GmbH", Line1: "Werftbahnstraße 27", PostalCode: "24143", City: "Kiel", Country: "Germany"},
		deliver:  schema.Address{Name: "Nordholm Metallbau GmbH", Line1: "Werftbahnstraße 27", Line2: "Tor 2, Wareneingang", PostalCode: "24143", City: "Kiel", Country: "Germany"},
		families: []family{spectra, halo}, order: "45000%05d", discount: 10_00, carriers: []string{"DHL", "GLS"},
		lane: lane{parcel: []string{"Hanover, DE", "Neumünster, DE", "Kiel, DE"}, freight: []string{"Hanover, DE", "Kiel, DE"},
			days: 2, road: 2, postage: 12_90, haulage: 560_00}},
	{key: "feinblech", name: "Nordholm Feinblech", parent: "nordholm", language: schema.German, tax: domestic, weight: 9, since: 50,
		address:  schema.Address{Name: "Nordholm Feinblech GmbH", Line1: "Am Seehafen 5", PostalCode: "18147", City: "Rostock", Country: "Germany"},
		families: []family{spectra}, order: "45000%05d", discount: 10_00, carriers: []string{"DHL", "GLS"},
		lane: lane{parcel: []string{"Leipzig, DE", "Neustrelitz, DE", "Rostock, DE"}, freight: []string{"Berlin, DE", "Rostock, DE"},
			days: 2, road: 2, postage: 12_90, haulage: 580_00}},
	{key: "staal", name: "Nordholm Stål", parent: "nordholm", language: schema.English, tax: reverse, weight: 8, since: 38,
		address:  schema.Address{Name: "Nordholm Stål A/S", Line1: "Sydhavnsvej 19", PostalCode: "8000", City: "Aarhus", Country: "Denmark"},
		families: []family{spectra, halo}, order: "NS-%05d", discount: 7_50, carriers: []string{"GLS", "UPS"},
		lane: lane{parcel: []string{"Hamburg, DE", "Kolding, DK", "Aarhus, DK"}, freight: []string{"Hamburg, DE", "Padborg, DK", "Aarhus, DK"},
			days: 3, road: 3, postage: 19_80, haulage: 820_00}},
	{key: "odense", name: "Odense Laser", parent: "staal", language: schema.English, tax: reverse, weight: 4, since: 19,
		address:  schema.Address{Name: "Odense Laser ApS", Line1: "Havnegade 102", PostalCode: "5000", City: "Odense", Country: "Denmark"},
		families: []family{aura, halo}, order: "OL-%04d", discount: 5_00, carriers: []string{"GLS"},
		lane: lane{parcel: []string{"Hamburg, DE", "Kolding, DK", "Odense, DK"}, freight: []string{"Hamburg, DE", "Padborg, DK", "Odense, DK"},
			days: 3, road: 3, postage: 19_80, haulage: 840_00}},
	{key: "kesselring", name: "Kesselring Gravuren", language: schema.German, tax: reverse, weight: 8, since: 55,
		address:  schema.Address{Name: "Kesselring Gravuren GmbH", Line1: "Lunzerstraße 61", PostalCode: "4030", City: "Linz", Country: "Austria"},
		families: []family{corona, aura}, order: "BE%05d", discount: 5_00, carriers: []string{"DPD", "GLS"},
		lane: lane{parcel: []string{"Nuremberg, DE", "Passau, DE", "Linz, AT"}, freight: []string{"Nuremberg, DE", "Linz, AT"},
			days: 2, road: 3, postage: 17_40, haulage: 690_00}},
	{key: "delorme", name: "Atelier Delorme", language: schema.English, tax: reverse, weight: 6, since: 33,
		address:  schema.Address{Name: "Atelier Delorme SARL", Line1: "14 rue des Verriers", PostalCode: "69007", City: "Lyon", Country: "France"},
		families: []family{corona}, order: "CMD-%04d", discount: 2_50, carriers: []string{"DPD", "FEDEX"},
		lane: lane{parcel: []string{"Frankfurt, DE", "Mulhouse, FR", "Lyon, FR"}, freight: []string{"Karlsruhe, DE", "Mulhouse, FR", "Lyon, FR"},
			days: 3, road: 4, postage: 21_60, haulage: 890_00}},
	{key: "marangon", name: "Officine Marangon", language: schema.English, tax: reverse, weight: 8, since: 41,
		address:  schema.Address{Name: "Officine Marangon S.r.l.", Line1: "Via dell'Artigianato 33", PostalCode: "36100", City: "Vicenza", Country: "Italy"},
		families: []family{spectra, aura}, order: "ODA %05d", discount: 5_00, carriers: []string{"UPS", "DPD"},
		lane: lane{parcel: []string{"Munich, DE", "Verona, IT", "Vicenza, IT"}, freight: []string{"Munich, DE", "Bolzano, IT", "Vicenza, IT"},
			days: 3, road: 4, postage: 22_40, haulage: 940_00}},
	{key: "vanderveen", name: "Van der Veen Signage", language: schema.English, tax: reverse, weight: 8, since: 47,
		address:  schema.Address{Name: "Van der Veen Signage B.V.", Line1: "Ravenswade 88", PostalCode: "3439 LD", City: "Nieuwegein", Country: "Netherlands"},
		families: []family{corona}, order: "VDV%05d", discount: 5_00, carriers: []string{"DHL", "UPS"},
		lane: lane{parcel: []string{"Dortmund, DE", "Utrecht, NL"}, freight: []string{"Duisburg, DE", "Utrecht, NL"},
			days: 2, road: 3, postage: 16_90, haulage: 720_00}},
	{key: "tobler", name: "Tobler Uhrenteile", language: schema.German, tax: export, weight: 7, since: 29,
		address:  schema.Address{Name: "Tobler Uhrenteile AG", Line1: "Längfeldweg 70", PostalCode: "2504", City: "Biel", Country: "Switzerland"},
		families: []family{aura}, order: "T-%05d", discount: 2_50, carriers: []string{"DHL", "FEDEX"},
		lane: lane{parcel: []string{"Karlsruhe, DE", "!Weil am Rhein, DE", "Basel, CH", "Biel, CH"}, freight: []string{"Karlsruhe, DE", "!Weil am Rhein, DE", "Basel, CH", "Biel, CH"},
			days: 3, road: 4, postage: 34_80, haulage: 1_080_00}},
	{key: "hollis", name: "Hollis & Wray Instruments", suspended: true, language: schema.English, tax: export, weight: 4, since: 36,
		address:  schema.Address{Name: "Hollis & Wray Instruments Ltd", Line1: "22 Kelham Wharf", PostalCode: "S3 8SA", City: "Sheffield", Region: "South Yorkshire", Country: "United Kingdom"},
		families: []family{aura, halo}, order: "HW/%04d", carriers: []string{"UPS", "FEDEX"},
		lane: lane{parcel: []string{"Cologne, DE", "!Dover, GB", "Coventry, GB", "Sheffield, GB"}, freight: []string{"Duisburg, DE", "Rotterdam, NL", "!Hull, GB", "Sheffield, GB"},
			days: 4, road: 6, postage: 38_60, haulage: 1_360_00}},
	{key: "sieverding", name: "Jana Sieverding", person: true, language: schema.German, tax: domestic, weight: 4, since: 22,
		address:  schema.Address{Name: "Jana Sieverding", Line1: "Spinnereistraße 7", Line2: "Haus 18, 2. Obergeschoss", PostalCode: "04179", City: "Leipzig", Country: "Germany"},
		families: []family{corona}, carriers: []string{"DHL", "DPD"},
		lane: lane{parcel: []string{"Leipzig, DE"}, freight: []string{"Leipzig, DE"}, days: 1, road: 1, postage: 6_90, haulage: 290_00}},
	{key: "arriaga", name: "Tomás Arriaga", person: true, language: schema.English, tax: consumer, weight: 3, since: 16,
		address:  schema.Address{Name: "Tomás Arriaga", Line1: "Calle Uribitarte 9, 3º izda.", PostalCode: "48001", City: "Bilbao", Country: "Spain"},
		families: []family{corona}, carriers: []string{"GLS", "FEDEX"},
		lane: lane{parcel: []string{"Frankfurt, DE", "Irun, ES", "Bilbao, ES"}, freight: []string{"Karlsruhe, DE", "Lyon, FR", "Bilbao, ES"},
			days: 4, road: 6, postage: 26_20, haulage: 1_150_00}},
}
