package graph

import (
	"cmp"
	"context"
	"time"

	"foyer/ent"
	"foyer/ent/certificate"
	"foyer/ent/predicate"
	"foyer/graph/model"
	"foyer/portal/brand"
	"foyer/portal/training"
	"foyer/schema/gid"
)

var latestCertificates = &ent.CertificateOrder{Direction: "DESC", Field: ent.CertificateOrderFieldIssuedAt}

func certificateFilter(f *model.CertificateFilter, now time.Time) []predicate.Certificate {
	if f == nil {
		return nil
	}
	var where []predicate.Certificate
	if f.CourseID != nil {
		where = append(where, certificate.CourseID(*f.CourseID))
	}
	if f.OrganizationID != nil {
		where = append(where, certificate.OrganizationID(*f.OrganizationID))
	}
	if f.UserID != nil {
		where = append(where, certificate.UserID(*f.UserID))
	}
	if f.ExpiresBefore != nil {
		where = append(where, certificate.ExpiresAtLT(*f.ExpiresBefore))
	}
	if f.IsValid != nil {
		valid := certificate.And(certificate.RevokedAtIsNil(), certificate.Or(certificate.ExpiresAtIsNil(), certificate.ExpiresAtGT(now)))
		if !*f.IsValid {
			valid = certificate.Not(valid)
		}
		where = append(where, valid)
	}
	return where
}

func certificatePayload(ctx context.Context, id gid.ID, err error) (*model.CertificatePayload, error) {
	list, err := trainingErrors(ctx, err)
	if err != nil {
		return nil, err
	}
	return &model.CertificatePayload{CertificateID: id, UserErrors: list}, nil
}

// certificateCheck is what a certificate says to whoever checks it.
func (r *Resolver) certificateCheck(ctx context.Context, v *training.Verified, err error) (*model.CertificateCheck, error) {
	if v == nil || err != nil {
		return nil, err
	}
	c, b := v.Certificate, v.Book
	return &model.CertificateCheck{
		Status: model.CertificateStatus(v.Status), Number: c.Number, Title: b.Text(c.Title, language(ctx)),
		Criteria: filled(b.Text(b.Doc.Certificate.Criteria, language(ctx))), Holder: filled(v.Holder),
		IssuedAt: c.IssuedAt, ExpiresAt: c.ExpiresAt, RevokedAt: c.RevokedAt, Issuer: cmp.Or(r.Brand, brand.Default()).Name,
	}, nil
}
