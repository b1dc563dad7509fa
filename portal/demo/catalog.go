package demo

import spectra500 "foyer/portal/demo/spectra"

// shelf is a category of Aurelia's catalog.
type shelf struct {
	name string
	sub  []shelf
}

// shelves is the tree of categories. Products name theirs, so names are unique.
var shelves = []shelf{
	{"Machines", []shelf{
		{"Cutting machines", nil}, {"Engraving machines", nil}, {"Marking machines", nil}, {"Welding machines", nil},
	}},
	{"Spare parts", []shelf{
		{"Optics", []shelf{{"Lenses", nil}, {"Mirrors", nil}, {"Protective windows", nil}}},
		{"Nozzles", nil},
		{"Filters", nil},
		{"Tubes and sources", nil},
		{"Motion", nil},
		{"Electronics", nil},
	}},
	{"Consumables", []shelf{{"Cleaning", nil}, {"Marking media", nil}, {"Filler wire", nil}}},
	{"Accessories", []shelf{{"Cooling", nil}, {"Extraction", nil}, {"Fixtures", nil}, {"Laser safety", nil}}},
	{"Services", []shelf{{"Commissioning", nil}, {"Maintenance", nil}, {"Training courses", nil}}},
}

// family is a line of machines. A customer has machines of some families and
// orders the parts that fit them.
type family string

const (
	every   family = "" // fits every machine
	spectra family = "Spectra"
	corona  family = "Corona"
	aura    family = "Aura"
	halo    family = "Halo"
)

// class says how a product is sold and sent.
type class int

const (
	machine class = iota // built to order, sent by a forwarder on a lorry
	heavy                // on stock, goes along with a machine or on a pallet
	part                 // on stock, sent as a parcel
	service              // sold with a machine; its voucher travels in the crate
)

type item struct {
	sku, name  string
	cents      int64  // without tax
	attributes string // "Name: value; Name: value", in the order in which they are shown
}

type article struct {
	name     string
	shelf    string
	family   family
	class    class
	status   string // empty: ACTIVE
	text     string
	variants []item

	novel       bool   // nobody has ordered it yet
	forCustomer string // the key of the only customer that it is for
	forSegment  string // the key of the segment that it is for
}

const (
	draft   = "DRAFT"
	retired = "RETIRED"
)

// articles is the whole catalog.
func articles() []article {
	var all []article
	for _, part := range [][]article{machines, optics, wear, units, consumables, accessories, services, novelties} {
		all = append(all, part...)
	}
	return all
}

var machines = []article{
	{name: "Spectra 350", shelf: "Cutting machines", family: spectra, class: machine,
		text: "Fibre laser cutting cell for sheet up to 4 mm. Air cooled, quiet enough for a shared hall, and ready to cut half an hour after switching on.",
		variants: []item{
			{"SP-350-A4", "air cooled, 4 channels", 22_300_00, "Laser power: 350 W; Cooling: air; Scanner: 4 channels; Steel: up to 4 mm; Supply: 230 V; Weight: 410 kg"},
			{"SP-350-A8", "air cooled, 8 channels", 23_750_00, "Laser power: 350 W; Cooling: air; Scanner: 8 channels; Steel: up to 4 mm; Supply: 230 V; Weight: 415 kg"},
			{"SP-350-L8", "liquid cooled, 8 channels", 25_900_00, "Laser power: 350 W; Cooling: liquid; Scanner: 8 channels; Steel: up to 4 mm; Supply: 400 V; Weight: 440 kg"},
		}},
	{name: "Spectra 500", shelf: "Cutting machines", family: spectra, class: machine,
		text: "Fibre laser cutting cell for sheet up to 6 mm. Liquid cooled for long shifts; the scanner reads up to 16 channels at the same time.",
		variants: []item{
			{"SP-500-L8", "liquid cooled, 8 channels", 28_650_00, "Laser power: 500 W; Cooling: liquid; Scanner: 8 channels; Steel: up to 6 mm; Supply: 400 V; Weight: 520 kg"},
			{"SP-500-L16", "liquid cooled, 16 channels", 29_850_00, "Laser power: 500 W; Cooling: liquid; Scanner: 16 channels; Steel: up to 6 mm; Supply: 400 V; Weight: 525 kg"},
			{spectra500.Sku, "made to order", 18_400_00, "Steel: up to 6 mm; Weight: 460 kg"}, // the price is that of the base
		}},
	{name: "Spectra 3015", shelf: "Cutting machines", family: spectra, class: machine,
		text: "Flat-bed cutter for whole sheets of 3 by 1.5 metres, with an exchange table that loads while it cuts.",
		variants: []item{
			{"SP-3015-2K", "2 kW", 98_400_00, "Laser power: 2 kW; Working area: 3000 x 1500 mm; Steel: up to 12 mm; Supply: 400 V; Weight: 6,800 kg"},
			{"SP-3015-4K", "4 kW", 128_900_00, "Laser power: 4 kW; Working area: 3000 x 1500 mm; Steel: up to 20 mm; Supply: 400 V; Weight: 7,100 kg"},
		}},
	{name: "Spectra 200", shelf: "Cutting machines", family: spectra, class: machine, status: retired,
		text: "The first of the family. Replaced by the Spectra 350; spare parts remain available for ten years.",
		variants: []item{
			{"SP-200-A4", "air cooled, 4 channels", 16_900_00, "Laser power: 200 W; Cooling: air; Scanner: 4 channels; Steel: up to 2 mm; Supply: 230 V; Weight: 380 kg"},
		}},
	{name: "Spectra Tube 160", shelf: "Cutting machines", family: spectra, class: machine, status: draft,
		text: "Tube and profile cutter up to 160 mm across. In field test with three customers; orders open in spring.",
		variants: []item{
			{"SP-T160-2K", "2 kW, 6 m loader", 164_000_00, "Laser power: 2 kW; Tube: up to 160 mm; Length: 6 m; Supply: 400 V"},
		}},
	{name: "Corona 60", shelf: "Engraving machines", family: corona, class: machine,
		text: "Desktop CO2 engraver for wood, leather, acrylic and anodised aluminium. One plug, one hose, one afternoon to learn.",
		variants: []item{
			{"CO-60-S", "600 x 300 mm", 7_480_00, "Laser power: 60 W; Working area: 600 x 300 mm; Focus: automatic; Supply: 230 V; Weight: 78 kg"},
			{"CO-60-M", "800 x 500 mm", 9_260_00, "Laser power: 60 W; Working area: 800 x 500 mm; Focus: automatic; Supply: 230 V; Weight: 104 kg"},
		}},
	{name: "Corona 90", shelf: "Engraving machines", family: corona, class: machine,
		text: "CO2 engraver and cutter for signs and displays, with pass-through doors for panels of any length.",
		variants: []item{
			{"CO-90-L", "1000 x 700 mm", 14_850_00, "Laser power: 90 W; Working area: 1000 x 700 mm; Pass-through: 40 mm; Supply: 230 V; Weight: 215 kg"},
			{"CO-90-XL", "1300 x 900 mm", 18_200_00, "Laser power: 90 W; Working area: 1300 x 900 mm; Pass-through: 40 mm; Supply: 400 V; Weight: 290 kg"},
		}},
	{name: "Corona 150 Duo", shelf: "Engraving machines", family: corona, class: machine,
		text: "Two heads on one gantry engrave two panels at once, or one panel in half the time.",
		variants: []item{
			{"CO-150-D", "1300 x 900 mm, two heads", 27_600_00, "Laser power: 2 x 75 W; Working area: 1300 x 900 mm; Supply: 400 V; Weight: 340 kg"},
		}},
	{name: "Aura 20", shelf: "Marking machines", family: aura, class: machine,
		text: "Fibre marking station for serial numbers, codes and type plates, with a camera that checks every mark.",
		variants: []item{
			{"AU-20-S", "110 x 110 mm", 11_900_00, "Laser power: 20 W; Field: 110 x 110 mm; Wavelength: 1064 nm; Supply: 230 V; Weight: 92 kg"},
			{"AU-20-M", "175 x 175 mm", 12_700_00, "Laser power: 20 W; Field: 175 x 175 mm; Wavelength: 1064 nm; Supply: 230 V; Weight: 94 kg"},
		}},
	{name: "Aura 60 MOPA", shelf: "Marking machines", family: aura, class: machine,
		text: "Variable pulses for black marks on aluminium and colours on stainless steel.",
		variants: []item{
			{"AU-60-MOPA", "175 x 175 mm", 21_400_00, "Laser power: 60 W; Field: 175 x 175 mm; Pulse: 2 to 500 ns; Supply: 230 V; Weight: 110 kg"},
		}},
	{name: "Aura UV 5", shelf: "Marking machines", family: aura, class: machine,
		text: "Cold marking of plastics, glass and medical parts, without melting and without residue.",
		variants: []item{
			{"AU-UV5", "110 x 110 mm", 24_900_00, "Laser power: 5 W; Wavelength: 355 nm; Field: 110 x 110 mm; Supply: 230 V; Weight: 105 kg"},
		}},
	{name: "Aura Inline", shelf: "Marking machines", family: aura, class: machine, status: draft,
		text: "Marks on the moving belt, up to 120 metres a minute. Price and interface are not final.",
		variants: []item{
			{"AU-IN-30", "30 W", 19_800_00, "Laser power: 30 W; Belt: up to 120 m/min; Wavelength: 1064 nm"},
		}},
	{name: "Halo 1500", shelf: "Welding machines", family: halo, class: machine,
		text: "Hand-held laser welder with wire feeder. Clean seams from 0.8 to 4 mm and hardly any distortion.",
		variants: []item{
			{"HA-1500-H", "hand-held, wire feeder", 16_450_00, "Laser power: 1.5 kW; Seam: 0.8 to 4 mm; Cooling: liquid; Supply: 400 V; Weight: 198 kg"},
			{"HA-1500-HC", "hand-held, wire feeder, cleaning head", 18_100_00, "Laser power: 1.5 kW; Seam: 0.8 to 4 mm; Head: welding and cleaning; Supply: 400 V; Weight: 204 kg"},
		}},
	{name: "Halo Cell", shelf: "Welding machines", family: halo, class: machine,
		text: "Enclosed welding cell with a six-axis robot and two stations: one welds while the other is loaded.",
		variants: []item{
			{"HA-CELL-2", "two stations", 112_500_00, "Laser power: 2 kW; Stations: 2; Reach: 1.4 m; Supply: 400 V; Weight: 3,900 kg"},
		}},
}

var services = []article{
	{name: "Commissioning on site", shelf: "Commissioning", class: service,
		text: "Unloading, levelling, connection and acceptance by one of our engineers, with a signed protocol.",
		variants: []item{
			{"SV-COM-1", "one day", 1_180_00, "Duration: 1 day; Engineers: 1"},
			{"SV-COM-3", "three days", 3_240_00, "Duration: 3 days; Engineers: 2"},
		}},
	{name: "Maintenance visit", shelf: "Maintenance", class: service,
		text: "Yearly inspection by the book: optics, motion, cooling, safety circuits. Wear parts are charged separately.",
		variants: []item{
			{"SV-MNT-S", "desktop machine", 690_00, "Duration: half a day"},
			{"SV-MNT-L", "cell or flat bed", 1_640_00, "Duration: 1 day"},
		}},
	{name: "Commissioning course", shelf: "Training courses", class: service,
		text: "One seat in the online course for operators: 16 lessons and an exam at the machine.",
		variants: []item{
			{"TR-COMM-1", "one seat, online", 420_00, "Lessons: 16; Language: English or German"},
		}},
	{name: "Laser safety officer", shelf: "Training courses", class: service,
		text: "Two days of theory and practice with certificate, as the accident insurers require.",
		variants: []item{
			{"TR-LSO-2", "one seat, two days in Jena", 780_00, "Duration: 2 days; Language: German"},
		}},
}
