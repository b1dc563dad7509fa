package graph

import (
	"context"

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

// reportPayload tells what became of reports.
func reportPayload(ctx context.Context, results []parcels.Result, err error) (*model.ReportTrackingPayload, error) {
	refused, err := parcelErrors(ctx, err)
	if err != nil {
		return nil, err
	}
	out := &model.ReportTrackingPayload{Results: make([]*model.CarrierReportResult, len(results)), UserErrors: refused}
	for i, x := range results {
		out.Results[i] = &model.CarrierReportResult{
			TrackingNumber: x.Number, Outcome: model.CarrierReportOutcome(x.Outcome), ShipmentID: x.ShipmentID,
		}
	}
	sideBySide(ctx, out.Results, func(x *model.CarrierReportResult) gid.ID { return x.ShipmentID })
	return out, nil
}

// withShipments lets the reports of a page load their shipments together.
func withShipments(ctx context.Context) func(*ent.ParcelReportConnection, error) (*ent.ParcelReportConnection, error) {
	return func(c *ent.ParcelReportConnection, err error) (*ent.ParcelReportConnection, error) {
		if err != nil {
			return nil, err
		}
		rows := make([]*ent.ParcelReport, len(c.Edges))
		for i, e := range c.Edges {
			rows[i] = e.Node
		}
		sideBySide(ctx, rows, func(x *ent.ParcelReport) gid.ID { return x.ShipmentID })
		return c, nil
	}
}

// shipmentsByID loads shipments with what the field at hand selects of them.
func (r *Resolver) shipmentsByID(ctx context.Context, ids []gid.ID) (map[gid.ID]*ent.Shipment, error) {
	q, err := r.Store.Client().Shipment.Query().Where(shipment.IDIn(ids...)).CollectFields(ctx)
	if err != nil {
		return nil, err
	}
	list, err := q.All(ctx)
	found := make(map[gid.ID]*ent.Shipment, len(list))
	for _, x := range list {
		found[x.ID] = x
	}
	return found, err
}
