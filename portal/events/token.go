package events

import (
	"context"
	"crypto/aes"
	"encoding/base32"
	"encoding/binary"
	"errors"
	"fmt"
	"strings"

	"foyer/portal/problem"
)

// ErrToken is the answer to a token that none of ours is.
var ErrToken = problem.Input("This is no token to go on from. Begin without one.",
	"Von diesem Token aus geht es nicht weiter. Beginnen Sie ohne eines.")

var text = base32.StdEncoding.WithPadding(base32.NoPadding)

// Encipher makes a key of an event's id that says nothing about the id, from
// which customers could count what happens in the whole portal. One block of AES
// is a permutation, so that two ids never have the same key. secret has 32 bytes.
func Encipher(secret []byte, id int64) (string, error) {
	c, err := aes.NewCipher(secret)
	if err != nil {
		return "", fmt.Errorf("events: %w", err)
	}
	var block [aes.BlockSize]byte
	binary.BigEndian.PutUint64(block[aes.BlockSize-8:], uint64(id)) //nolint:gosec // ids are positive
	c.Encrypt(block[:], block[:])
	return strings.ToLower(text.EncodeToString(block[:])), nil
}

var errForged = errors.New("events: not a key of this secret")

// Decipher is the reverse of Encipher. Of texts that are none of ours it takes
// one in 2^64 for one.
func Decipher(secret []byte, key string) (int64, error) {
	c, err := aes.NewCipher(secret)
	if err != nil {
		return 0, fmt.Errorf("events: %w", err)
	}
	block, err := text.DecodeString(strings.ToUpper(key))
	if err != nil || len(block) != aes.BlockSize {
		return 0, errForged
	}
	c.Decrypt(block, block)
	id := int64(binary.BigEndian.Uint64(block[aes.BlockSize-8:])) //nolint:gosec // checked below
	if binary.BigEndian.Uint64(block) != 0 || id < 0 {
		return 0, errForged
	}
	return id, nil
}

// tokenSecret names the secret of tokens.
const tokenSecret = "event-tokens"

// Token is a position in the log as clients keep it. It is good on every
// replica, for as long as the log is.
func (s *Stream) Token(ctx context.Context, at int64) (string, error) {
	secret, err := s.st.Secret(ctx, tokenSecret)
	if err != nil {
		return "", err
	}
	return Encipher(secret, at)
}

// Position reads a token; nil for none. ErrToken when it is none of ours.
func (s *Stream) Position(ctx context.Context, token *string) (*int64, error) {
	if token == nil {
		return nil, nil //nolint:nilnil // no token is no position
	}
	secret, err := s.st.Secret(ctx, tokenSecret)
	if err != nil {
		return nil, err
	}
	at, err := Decipher(secret, *token)
	if err != nil {
		return nil, ErrToken
	}
	return &at, nil
}
