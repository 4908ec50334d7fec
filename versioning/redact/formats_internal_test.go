package redact

import (
	"encoding/base64"
	"encoding/json"
	"math/rand/v2"
	"net/mail"
	"net/netip"
	"net/url"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

// TestFormats draws many replacements: each is read as the original is, and is another value.
func TestFormats(t *testing.T) {
	t.Parallel()
	layout := func(l string) func(string) error {
		return func(s string) error { _, err := time.Parse(l, s); return err }
	}
	into := func(v any) func(string) error { return func(s string) error { return json.Unmarshal([]byte(s), v) } }
	for _, tt := range []struct {
		class class
		value string
		read  func(string) error
	}{
		{text, "2026-03-01T10:00:00Z", layout(time.RFC3339)},
		{text, "2026-03-01T10:00:00.123456789+02:00", layout(time.RFC3339Nano)},
		{text, "2026-03-01", layout(time.DateOnly)},
		{text, "23:59:01", layout(time.TimeOnly)},
		{text, "Sun, 01 Mar 2026 10:00:00 UTC", layout(time.RFC1123)},
		{text, "31.12.2026", layout("02.01.2006")},
		{text, "1h30m0.5s", func(s string) error { _, err := time.ParseDuration(s); return err }},
		{text, "f81d4fae-7dec-11d0-a765-00a0c91e6bf6", func(s string) error {
			_, err := strconv.ParseUint(strings.ReplaceAll(s[:18], "-", ""), 16, 64)
			return err
		}},
		{text, "alice.o'hara@example.co.uk", func(s string) error { _, err := mail.ParseAddress(s); return err }},
		{text, "192.168.2.1", func(s string) error { _, err := netip.ParseAddr(s); return err }},
		{text, "fe80::1", func(s string) error { _, err := netip.ParseAddr(s); return err }},
		{text, "https://example.com:8080/a%20b?c=%C3%A9#d", func(s string) error {
			u, err := url.Parse(s)
			if err == nil && u.Scheme != "https" {
				return strconv.ErrSyntax
			}
			return err
		}},
		{text, "cGhvdG8gb2YgYWxpY2U=",
			func(s string) error { _, err := base64.StdEncoding.DecodeString(s); return err }},
		{text, "12.50", func(s string) error { _, err := strconv.ParseFloat(s, 64); return err }},
		{text, "4711", func(s string) error { _, err := strconv.Atoi(s); return err }},
		{text, "deadbeefdeadbeef", func(s string) error { _, err := strconv.ParseUint(s, 16, 64); return err }},
		{text, "Zoë Müller, 東京", func(s string) error {
			if !strings.Contains(s, ", ") {
				return strconv.ErrSyntax
			}
			return nil
		}},
		{number, "7", into(new(int8))},
		{number, "-7", into(new(int8))},
		{number, "100", into(new(int8))},
		{number, "200", into(new(uint8))},
		{number, "32000", into(new(int16))},
		{number, "2147483647", into(new(int32))},
		{number, "9223372036854775807", into(new(int64))},
		{number, "-9223372036854775807", into(new(int64))},
		{number, "18446744073709551615", into(new(uint64))},
		{number, "123456789012345678901234567890", into(new(float64))},
		{number, "0.05", into(new(float64))},
		{number, "-12.5e-3", into(new(float64))},
		{number, "1e3", into(new(float64))},
	} {
		t.Run(tt.value, func(t *testing.T) {
			t.Parallel()
			require.NoError(t, tt.read(tt.value), "the table is right")
			different := map[string]bool{}
			for seed := range uint64(200) {
				random := rand.New(rand.NewPCG(seed, 1))
				key := keyOf(leaf{class: tt.class, value: tt.value})
				now := (&mapper{}).fresh(key, random)
				require.NoError(t, tt.read(now), now)
				different[now] = true
				if part := nearby(key, random); part != tt.value {
					require.NoError(t, tt.read(part), part)
				}
			}
			require.Greater(t, len(different), 4, "%v", different)
		})
	}
}

// FuzzJSON rewrites any JSON: what comes out is JSON of the same shape.
func FuzzJSON(f *testing.F) {
	for _, seed := range []string{`{"a":[1,-2.5e3,"x",null,true,{}],"a":[]}`, `"[1,{\"b\":\"c\"}]"`,
		`{"4711":{"a@b.cd":"<&>\u2028"}}`, ` [ ] `, `0`, `"\ud800"`} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		if !json.Valid(data) {
			t.Skip()
		}
		var leaves []leaf
		m := newMapper([]byte("salt"), nil)
		w := &walker{visit: func(l leaf) string {
			if l.class == name {
				return l.value
			}
			leaves = append(leaves, l)
			return m.replace(l)
		}}
		now := w.json(data)
		require.True(t, json.Valid(now), "%s", now)
		require.Equal(t, shape(t, data), shape(t, now))
	})
}

// shape is JSON with its values and the keys that are data left out.
func shape(t *testing.T, data []byte) string {
	var b strings.Builder
	decoder := json.NewDecoder(strings.NewReader(string(data)))
	decoder.UseNumber()
	for {
		token, err := decoder.Token()
		if err != nil {
			return b.String()
		}
		switch v := token.(type) {
		case json.Delim:
			b.WriteString(v.String())
		case string:
			b.WriteString("s")
		case json.Number:
			b.WriteString("n")
		case bool:
			b.WriteString(strconv.FormatBool(v))
		default:
			b.WriteString("0")
		}
	}
}
