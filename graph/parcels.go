package graph

import (
	"context"
	"sync"

	"github.com/99designs/gqlgen/graphql"
	"github.com/vektah/gqlparser/v2/ast"

	"foyer/ent"
	"foyer/ent/shipment"
	"foyer/graph/model"
	"foyer/portal/parcels"
	"foyer/schema/gid"
)

// newestReports is how the inbox is sorted when nobody says.
var newestReports = &ent.ParcelReportOrder{Direction: ent.OrderDirection("DESC"), Field: ent.ParcelReportOrderFieldReceivedAt}

func parcelErrors(ctx context.Context, err error) ([]*model.ParcelUserError, error) {
	return userErrors(ctx, err, func(field []string, code, message string) *model.ParcelUserError {
		return &model.ParcelUserError{Field: field, Code: model.ParcelErrorCode(code), Message: message}
	})
}

// parcelPayload tells of a mutation on a report; its resolver loads the report
// again, as the viewer sees it then.
func parcelPayload(ctx context.Context, id gid.ID, err error) (*model.ParcelReportPayload, error) {
	refused, err := parcelErrors(ctx, err)
	if err != nil {
		return nil, err
	}
	return &model.ParcelReportPayload{ParcelReportID: id, UserErrors: refused}, nil
}

// carrierReports reads the input of reportTracking.
func carrierReports(in []*model.CarrierReportInput) []parcels.Report {
	list := make([]parcels.Report, len(in))
	for i, x := range in {
		list[i] = parcels.Report{
			Number: x.TrackingNumber, Status: x.Status, At: x.At, Location: said(x.Location), Message: said(x.Message),
			ExternalID: said(x.ExternalID), EstimatedDelivery: x.EstimatedDelivery,
		}
	}
	return list
}

// said is a text that may be missing.
func said(s *string) string {
	if s == nil {
		return ""
	}
	return *s
}

// reportPayload tells what became of reports. Their shipments are loaded
// together, as the viewer sees them and with what is asked of them.
func (r *Resolver) reportPayload(ctx context.Context, results []parcels.Result, err error) (*model.ReportTrackingPayload, error) {
	refused, err := parcelErrors(ctx, err)
	if err != nil {
		return nil, err
	}
	ids := make([]gid.ID, len(results))
	for i, x := range results {
		ids[i] = x.ShipmentID
	}
	found, err := r.shipmentsAt(ctx, ids, "results", "shipment")
	if err != nil {
		return nil, err
	}
	out := &model.ReportTrackingPayload{Results: make([]*model.CarrierReportResult, len(results)), UserErrors: refused}
	for i, x := range results {
		out.Results[i] = &model.CarrierReportResult{
			TrackingNumber: x.Number, Outcome: model.CarrierReportOutcome(x.Outcome), ShipmentID: x.ShipmentID, Shipment: found[x.ShipmentID],
		}
	}
	return out, nil
}

// ahead holds what has been loaded for places of an answer that are resolved
// later, so that a list costs one statement and not one a row. It is of one
// operation: a connection may carry many, and the next one begins anew.
type ahead struct {
	mu        sync.Mutex
	operation *graphql.OperationContext
	shipments map[string]map[gid.ID]*ent.Shipment // by the name of the answer's field
}

type aheadKey struct{}

func withAhead(ctx context.Context) context.Context {
	return context.WithValue(ctx, aheadKey{}, &ahead{})
}

func (a *ahead) put(ctx context.Context, found map[gid.ID]*ent.Shipment) {
	a.mu.Lock()
	defer a.mu.Unlock()
	if op := graphql.GetOperationContext(ctx); a.operation != op {
		a.operation, a.shipments = op, map[string]map[gid.ID]*ent.Shipment{}
	}
	a.shipments[field(ctx)] = found
}

func (a *ahead) get(ctx context.Context) (found map[gid.ID]*ent.Shipment, loaded bool) {
	a.mu.Lock()
	defer a.mu.Unlock()
	if a.operation == graphql.GetOperationContext(ctx) {
		found, loaded = a.shipments[field(ctx)]
	}
	return found, loaded
}

// field is the name under which the present root field is answered: under each
// name something else may be asked.
func field(ctx context.Context) string {
	name, _ := graphql.GetPath(ctx)[0].(ast.PathName)
	return string(name)
}

// withShipments loads the shipments of a page of reports, if they are asked for.
func (r *Resolver) withShipments(ctx context.Context, c *ent.ParcelReportConnection, err error) (*ent.ParcelReportConnection, error) {
	if err != nil {
		return nil, err
	}
	ids := make([]gid.ID, len(c.Edges))
	for i, e := range c.Edges {
		ids[i] = e.Node.ShipmentID
	}
	found, err := r.shipmentsAt(ctx, ids, "edges", "node", "shipment")
	if a, ok := ctx.Value(aheadKey{}).(*ahead); ok && found != nil {
		a.put(ctx, found)
	}
	return c, err
}

// reportedShipment is the shipment on which a report was recorded.
func (r *Resolver) reportedShipment(ctx context.Context, id gid.ID) (*ent.Shipment, error) {
	if id == "" {
		return nil, nil //nolint:nilnil // it waits, or was dismissed
	}
	if a, ok := ctx.Value(aheadKey{}).(*ahead); ok {
		if found, loaded := a.get(ctx); loaded {
			return found[id], nil
		}
	}
	q, err := r.Store.Client().Shipment.Query().Where(shipment.ID(id)).CollectFields(ctx)
	if err != nil {
		return nil, err
	}
	return shown(q.Only(ctx))
}

// shipmentsAt loads shipments with what is selected of them at a path below the
// present field; nil when nothing is.
func (r *Resolver) shipmentsAt(ctx context.Context, ids []gid.ID, path ...string) (map[gid.ID]*ent.Shipment, error) {
	fc := graphql.GetFieldContext(ctx)
	if fc == nil || !graphql.HasOperationContext(ctx) {
		return nil, nil //nolint:nilnil // nobody has asked for anything
	}
	op, at := graphql.GetOperationContext(ctx), fc.Field
	for _, name := range path {
		var below ast.SelectionSet
		var one *ast.Field
		for _, f := range graphql.CollectFields(op, at.Selections, nil) {
			if f.Name == name { // under several names they ask for different things of the same rows
				one, below = f.Field, append(below, f.Selections...)
			}
		}
		if one == nil {
			return nil, nil //nolint:nilnil // nobody has asked for it
		}
		at = graphql.CollectedField{Field: named(one, below), Selections: below}
	}
	q, err := r.Store.Client().Shipment.Query().Where(shipment.IDIn(ids...)).
		CollectFields(graphql.WithFieldContext(ctx, &graphql.FieldContext{Object: "Shipment", Field: at}))
	if err != nil {
		return nil, err
	}
	rows, err := q.All(ctx)
	if err != nil {
		return nil, err
	}
	found := make(map[gid.ID]*ent.Shipment, len(rows))
	for _, x := range rows {
		found[x.ID] = x
	}
	return found, nil
}
