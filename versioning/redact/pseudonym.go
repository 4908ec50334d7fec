package redact

import (
	"crypto/hmac"
	"crypto/sha256"
	"fmt"
	"math/rand/v2"
	"net/netip"
	"regexp"
	"strings"
)

// mapper gives equal values equal replacements.
type mapper struct {
	salt []byte
	// given are the replacements, and taken what must not be given again.
	given map[unitKey]string
	close map[unitKey]string
	taken map[string]bool
	// originals are the values of the recording, which no replacement may show.
	originals *finder
	people    int
}

// unitKey identifies a value: a number in a string is the number.
type unitKey struct {
	class class
	value string
}

var integer = regexp.MustCompile(`^-?[1-9][0-9]*$`)

func keyOf(l leaf) unitKey {
	if l.class == text && integer.MatchString(l.value) {
		return unitKey{number, l.value}
	}
	return unitKey{l.class, l.value}
}

func newMapper(salt []byte, leaves []leaf) *mapper {
	m := &mapper{salt: salt, given: map[unitKey]string{}, close: map[unitKey]string{}, taken: map[string]bool{},
		originals: newFinder()}
	for _, l := range leaves {
		m.taken[l.value] = true
		m.originals.add(l.value)
	}
	return m
}

// attempts limits how often a replacement is drawn again because it is taken: there are only nine
// other digits.
const attempts = 40

// replace returns the replacement for the value of the leaf.
func (m *mapper) replace(l leaf) string {
	key := keyOf(l)
	if now, ok := m.given[key]; ok {
		return now
	}
	now := m.draw(key, m.fresh)
	m.given[key] = now
	return now
}

// part returns a replacement that keeps what code often looks at, false if there is none: the
// letters beside digits, the domain of an address, the size of a number.
func (m *mapper) part(l leaf) (string, bool) {
	key := keyOf(l)
	if now, ok := m.close[key]; ok {
		return now, now != ""
	}
	now := m.draw(key, nearby)
	if now == l.value {
		now = ""
	}
	m.close[key] = now
	return now, now != ""
}

func (m *mapper) draw(key unitKey, make func(unitKey, *rand.Rand) string) (now string) {
	random := rand.New(rand.NewChaCha8(m.seed(key)))
	for i := range attempts {
		if now = make(key, random); i > attempts/2 && key.class == number && len(key.value) == 1 && now != key.value {
			now += string('0' + random.Int32N(10)) // there are only nine others
		}
		if !m.taken[now] && !m.originals.within(now) {
			break
		}
	}
	m.taken[now] = true
	return now
}

func (m *mapper) seed(key unitKey) (seed [32]byte) {
	h := hmac.New(sha256.New, m.salt)
	fmt.Fprintf(h, "%d\x00%s", key.class, key.value)
	h.Sum(seed[:0])
	return seed
}

func (m *mapper) fresh(key unitKey, random *rand.Rand) string {
	switch key.class {
	case number:
		return otherNumber(key.value, random)
	case identity:
		m.people++
		return fmt.Sprintf("redacted-%d", m.people)
	case raw, opaque:
		return otherBytes(key.value, key.class == raw, random)
	default:
		return otherText(key.value, random)
	}
}

// nearby is the value itself where it has nothing that could change alone.
func nearby(key unitKey, random *rand.Rand) string {
	switch key.class {
	case number:
		return sameSize(key.value, random)
	case text, raw:
		if local, domain, ok := strings.Cut(key.value, "@"); ok && local != "" && strings.Contains(domain, ".") {
			return letters(local, random) + "@" + domain
		}
		if instant.MatchString(key.value) {
			return key.value[:11] + someTime(random).Format("15:04:05") + key.value[19:]
		}
		if _, err := netip.ParseAddr(key.value); err != nil && layoutOf(key.value) == "" {
			return digitsOf(key.value, random)
		}
	}
	return key.value
}

func scramble(s string) string {
	return otherBytes(s, false, rand.New(rand.NewPCG(rand.Uint64(), rand.Uint64())))
}
