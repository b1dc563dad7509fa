package notifications

import (
	"context"
	"crypto/ecdh"
	"crypto/hkdf"
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"math/big"
	"net/http"
	"slices"
	"strings"
	"time"

	webpush "github.com/SherClockHolmes/webpush-go"

	"foyer/ent/notification"
)

// Pusher sends push messages.
type Pusher interface {
	// Push sends one message to one device. ErrGone when the device does not take
	// messages any more.
	Push(ctx context.Context, d Device, p Payload) error
}

// ErrGone is the error of a device that is registered no more.
var ErrGone = errors.New("the device does not take messages any more")

// Payload is what a push message says.
type Payload struct {
	Title string `json:"title"`
	Text  string `json:"text"`
	URL   string `json:"url"`
	Kind  string `json:"kind"`
	ID    string `json:"id"` // of the notification; a device shows two messages with one id as one
}

// WebPush sends push messages to browsers: RFC 8030, encrypted by RFC 8291, and
// with the portal's name by VAPID, RFC 8292.
type WebPush struct{ s *Service }

// longestPush is how long the texts of a message may be, in bytes: a message has
// room for 4096 in all.
const longestPush = 1500

// Push implements Pusher.
func (w *WebPush) Push(ctx context.Context, d Device, p Payload) error {
	private, public, err := w.s.vapid(ctx)
	if err != nil {
		return err
	}
	body, err := json.Marshal(p)
	if err != nil {
		return err
	}
	topic := sha256.Sum256([]byte(p.ID))
	o := &webpush.Options{
		HTTPClient: w.s.o.Client, Subscriber: w.s.contact(), VAPIDPublicKey: public, VAPIDPrivateKey: private,
		TTL: int((24 * time.Hour).Seconds()), Urgency: webpush.UrgencyNormal,
		// A message under a topic takes the place of one that still waits there: one
		// that is sent twice arrives once.
		Topic: base64.RawURLEncoding.EncodeToString(topic[:])[:32],
	}
	if life := shelfLife(notification.Kind(p.Kind)); life > 0 {
		o.TTL, o.Urgency = int(life.Seconds()), webpush.UrgencyHigh
	}
	res, err := webpush.SendNotificationWithContext(ctx, body,
		&webpush.Subscription{Endpoint: d.Endpoint, Keys: webpush.Keys{Auth: d.Auth, P256dh: d.P256dh}}, o)
	if err != nil {
		return err
	}
	status := res.StatusCode
	err = answered(res)
	if status == http.StatusNotFound || status == http.StatusGone {
		return ErrGone
	}
	return err
}

// contact is whom the operator of a push service may write to.
func (s *Service) contact() string {
	switch {
	case s.o.Contact != "":
		return strings.TrimPrefix(s.o.Contact, "mailto:") // the library adds it
	case strings.HasPrefix(s.o.PublicURL, "https://"):
		return s.o.PublicURL
	}
	return "portal@localhost.invalid"
}

// vapid is the portal's key pair for push messages, as the library takes it.
//
// It is derived from a secret of all replicas: 48 bytes of HKDF, taken modulo
// n-1 and one added, which is uniform over all keys but for 2^-128 (FIPS 186-5,
// A.2.1). So there is nothing to agree on when two replicas start at once.
func (s *Service) vapid(ctx context.Context) (private, public string, err error) {
	secret, err := s.st.Secret(ctx, "web-push")
	if err != nil {
		return "", "", err
	}
	wide, err := hkdf.Key(sha256.New, secret, nil, "foyer web push vapid p-256", 48)
	if err != nil {
		return "", "", err
	}
	n, ok := new(big.Int).SetString("ffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551", 16) // the order of P-256
	if !ok {
		return "", "", errors.New("notifications: the order of P-256")
	}
	one := big.NewInt(1)
	d := new(big.Int).SetBytes(wide)
	d.Mod(d, new(big.Int).Sub(n, one)).Add(d, one)
	key, err := ecdh.P256().NewPrivateKey(d.FillBytes(make([]byte, 32)))
	if err != nil {
		return "", "", fmt.Errorf("notifications: key for push messages: %w", err)
	}
	text := base64.RawURLEncoding.EncodeToString
	return text(key.Bytes()), text(key.PublicKey().Bytes()), nil
}

// PushKey is the portal's public key, with which a browser registers.
func (s *Service) PushKey(ctx context.Context) (string, error) {
	_, public, err := s.vapid(ctx)
	return public, err
}

// toDevices sends a push message to each of a person's devices. Those that have
// it are remembered, and only the others are tried again.
func (s *Service) toDevices(ctx context.Context, x *subject, d *delivery) error {
	devices, err := s.devices(ctx, x.user.ID)
	if err != nil {
		return err
	}
	i := s.item(x.n, x.user.Language)
	p := Payload{Title: cut(i.Title, longestPush/3), Text: cut(i.Text, longestPush), URL: i.URL, Kind: string(x.n.Kind), ID: string(x.n.ID)}
	var errs []error
	for _, device := range devices {
		if slices.Contains(d.reached, device.Key) {
			continue
		}
		err := s.o.Pusher.Push(ctx, device, p)
		switch {
		case err == nil:
			d.reached = append(d.reached, device.Key)
		case errors.Is(err, ErrGone), errors.Is(err, errPrivate):
			if _, err := s.st.Raw(ctx).ExecContext(ctx, `DELETE FROM push_devices WHERE device_key = $1`, device.Key); err != nil {
				return err
			}
		default:
			errs = append(errs, err)
		}
	}
	switch {
	case len(errs) > 0:
		return errors.Join(errs...)
	case len(d.reached) == 0:
		return hopeless{errors.New("no device takes messages any more")}
	}
	return nil
}
