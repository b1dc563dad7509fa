package main

import "foyer/portal/brand"

// brandFlags say how the portal presents itself.
type brandFlags struct {
	BrandName     string   `help:"The portal's name, on every page and in mails." placeholder:"NAME"`
	BrandAccent   string   `help:"The colour of buttons and links." placeholder:"#RRGGBB"`
	BrandLogo     string   `help:"The logo: a .svg, .png, .webp or .jpg file, or an https address." placeholder:"FILE"`
	BrandLogoDark string   `help:"The logo on a dark ground, if another one." placeholder:"FILE"`
	ContactEmail  string   `help:"Where customers write to." placeholder:"ADDRESS"`
	ContactPhone  string   `help:"Where customers call." placeholder:"NUMBER"`
	Link          []string `help:"A page that every page links to, such as an imprint, as TITLE|URL or ENGLISH|GERMAN|URL; may be repeated." sep:"none" placeholder:"TITLE|URL"`
}

// brand reads them.
func (f brandFlags) brand() (*brand.Brand, error) {
	return brand.New(brand.Settings{
		Name: f.BrandName, Accent: f.BrandAccent, Logo: f.BrandLogo, LogoDark: f.BrandLogoDark,
		ContactEmail: f.ContactEmail, ContactPhone: f.ContactPhone, Links: f.Link,
	})
}
