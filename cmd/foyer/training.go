package main

import "foyer/portal/training/xapi"

// trainingFlags say who is told what people learn.
type trainingFlags struct {
	XAPIEndpoint string `name:"xapi-endpoint" help:"A learning record store (Experience API 1.0.3) that is told what people learn, such as https://lrs.example.com/xapi/." placeholder:"URL"`
	XAPIUser     string `name:"xapi-user" help:"The user by whom it is told." placeholder:"NAME"`
	XAPIPassword string `name:"xapi-password" help:"The user's password." placeholder:"PASSWORD"`
}

// records is the client of the record store; nil when there is none.
func (f trainingFlags) records() (*xapi.Client, error) {
	if f.XAPIEndpoint == "" {
		return nil, nil //nolint:nilnil // documented
	}
	return xapi.NewClient(xapi.Options{Endpoint: f.XAPIEndpoint, User: f.XAPIUser, Password: f.XAPIPassword})
}
