package redact

import (
	"encoding/hex"
	"math"
	"math/rand/v2"
	"net/netip"
	"regexp"
	"strconv"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"
)

// The functions here make values of the format of others, as far as code would parse it.

var (
	uuid    = regexp.MustCompile(`^[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}$`)
	address = regexp.MustCompile(`^[^@\s]+@[^@\s]+\.[^@\s]+$`)
	scheme  = regexp.MustCompile(`^[a-z][a-z0-9+.-]*://`)
	decimal = regexp.MustCompile(`^-?[0-9]+\.[0-9]+$`)
	instant = regexp.MustCompile(`^\d{4}-\d\d-\d\d[Tt ]\d\d:\d\d:\d\d(\.\d+)?([Zz]|[+-]\d\d:?\d\d)?$`)
)

// layouts are formats of times that are told by reading them and writing them again.
var layouts = []string{time.DateOnly, time.TimeOnly, "15:04", time.RFC1123, time.RFC1123Z, time.RFC850, time.RFC822,
	time.RFC822Z, time.ANSIC, "02.01.2006", "01/02/2006"}

// manyDigits are more than those of a version or the name of an algorithm.
var manyDigits = regexp.MustCompile(`[0-9]{5}`)

// isData reports whether the key of an object looks like a value: fields are not called so.
func isData(key string) bool {
	if uuid.MatchString(key) || address.MatchString(key) || instant.MatchString(key) || layoutOf(key) != "" ||
		strings.ContainsFunc(key, unicode.IsSpace) || manyDigits.MatchString(key) || scheme.MatchString(key) ||
		len(key) >= 16 && isHex(key) {
		return true
	}
	if _, err := netip.ParseAddr(key); err == nil {
		return true
	}
	_, err := strconv.ParseFloat(key, 64)
	return err == nil && strings.ContainsAny(key, "0123456789")
}

func layoutOf(s string) string {
	for _, layout := range layouts {
		if t, err := time.Parse(layout, s); err == nil && t.Format(layout) == s {
			return layout
		}
	}
	return ""
}

func otherText(s string, random *rand.Rand) string {
	switch {
	case uuid.MatchString(s), len(s) >= 16 && len(s)%2 == 0 && isHex(s):
		return hexDigits(s, random)
	case instant.MatchString(s):
		return someTime(random).Format("2006-01-02") + s[10:11] + someTime(random).Format("15:04:05") + digitsOf(fraction(s), random) + s[19+len(fraction(s)):]
	case decimal.MatchString(s):
		return otherNumber(s, random)
	}
	if layout := layoutOf(s); layout != "" {
		return someTime(random).Format(layout)
	}
	if _, err := time.ParseDuration(s); err == nil {
		return digitsOf(s, random)
	}
	if ip, err := netip.ParseAddr(s); err == nil {
		return otherIP(ip, random)
	}
	if prefix := scheme.FindString(s); prefix != "" {
		return prefix + escaped(s[len(prefix):], random)
	}
	return letters(s, random)
}

func fraction(s string) string {
	if len(s) < 20 || s[19] != '.' {
		return ""
	}
	end := 20
	for end < len(s) && '0' <= s[end] && s[end] <= '9' {
		end++
	}
	return s[19:end]
}

func isHex(s string) bool {
	_, err := hex.DecodeString(s)
	return err == nil
}

// someTime is one that every format can write.
func someTime(random *rand.Rand) time.Time {
	return time.Unix(978307200+random.Int64N(30*365*24*3600), 0).UTC()
}

func otherIP(ip netip.Addr, random *rand.Rand) string {
	data := ip.WithZone("").AsSlice()
	for i := range data {
		data[i] = byte(1 + random.IntN(254))
	}
	other, _ := netip.AddrFromSlice(data)
	return other.String()
}

// escaped keeps percent-encodings readable.
func escaped(s string, random *rand.Rand) string {
	var b strings.Builder
	for i, part := range strings.Split(s, "%") {
		if i > 0 {
			b.WriteByte('%')
			if len(part) >= 2 && isHex(part[:2]) {
				b.WriteString(string("234567"[random.IntN(6)]) + string("0123456789"[random.IntN(10)]))
				part = part[2:]
			}
		}
		b.WriteString(letters(part, random))
	}
	return b.String()
}

// letters puts a letter for each letter and a digit for each digit, and keeps what is between them.
func letters(s string, random *rand.Rand) string {
	first := true
	return strings.Map(func(r rune) rune {
		leading := first
		first = false
		switch {
		case '0' <= r && r <= '9':
			return digit(r, leading, random)
		case r == utf8.RuneError, r < utf8.RuneSelf && !unicode.IsLetter(r):
			return r
		case unicode.IsUpper(r):
			return 'A' + random.Int32N(26)
		case unicode.IsLetter(r), unicode.IsMark(r):
			return 'a' + random.Int32N(26)
		case unicode.IsDigit(r):
			return digit('1', false, random)
		case unicode.IsSpace(r), unicode.IsPunct(r):
			return r
		}
		return '_'
	}, s)
}

func digit(was rune, leading bool, random *rand.Rand) rune {
	switch {
	case leading && was == '0':
		return was
	case leading:
		return '1' + random.Int32N(9)
	}
	return '0' + random.Int32N(10)
}

// digitsOf changes the digits alone; the first of a row that is not 0 stays not 0.
func digitsOf(s string, random *rand.Rand) string {
	leading := true
	return strings.Map(func(r rune) rune {
		if r < '0' || r > '9' {
			leading = true
			return r
		}
		now := digit(r, leading, random)
		leading = false
		return now
	}, s)
}

func hexDigits(s string, random *rand.Rand) string {
	return strings.Map(func(r rune) rune {
		switch {
		case '0' <= r && r <= '9', 'a' <= r && r <= 'f':
			return rune("0123456789abcdef"[random.IntN(16)])
		case 'A' <= r && r <= 'F':
			return rune("0123456789ABCDEF"[random.IntN(16)])
		}
		return r
	}, s)
}

// otherBytes keeps text text, if that is asked for.
func otherBytes(s string, readable bool, random *rand.Rand) string {
	if readable && utf8.ValidString(s) {
		return letters(s, random)
	}
	data := make([]byte, len(s))
	for i := range data {
		data[i] = byte(random.Uint32())
	}
	return string(data)
}

// limits are the greatest values of Go's types with that many digits.
var limits = map[int][]uint64{2: {99}, 3: {127, 255}, 5: {32767, 65535}, 10: {2147483647, 4294967295},
	19: {9223372036854775807}}

// otherNumber has as many digits, and fits where the number does.
func otherNumber(n string, random *rand.Rand) string {
	sign, digits := "", n
	if strings.HasPrefix(n, "-") {
		sign, digits = "-", n[1:]
	}
	value, err := strconv.ParseUint(digits, 10, 64)
	if err != nil {
		mantissa, exponent := digits, ""
		if i := strings.IndexAny(digits, "eE"); i >= 0 {
			mantissa, exponent = digits[:i], digits[i:]
		}
		whole, rest, isDecimal := strings.Cut(mantissa, ".")
		if now := digitsOf(whole, random); isDecimal {
			now += "." + lastNotZero(letters("x"+rest, random)[1:], rest, random)
			return sign + now + exponent
		}
		return sign + string('1'+random.Int32N(9)) + letters("x"+mantissa[1:], random)[1:] + exponent
	}
	low := uint64(1)
	for range len(digits) - 1 {
		low *= 10
	}
	return sign + strconv.FormatUint(low+random.Uint64N(high(low, value, len(digits))-low+1), 10)
}

// high is the greatest number of so many digits, of which low is the least, that fits where the
// value does.
func high(low, value uint64, digits int) uint64 {
	if digits == 20 {
		return math.MaxUint64
	}
	return min(low*10-1, limit(value, digits))
}

// limit is the greatest number of the least of Go's types that holds the value, of those that have
// as many digits.
func limit(value uint64, digits int) uint64 {
	for _, l := range limits[digits] {
		if value <= l {
			return l
		}
	}
	return math.MaxUint64
}

// lastNotZero keeps a fraction as long as it is written.
func lastNotZero(now, was string, random *rand.Rand) string {
	if now == "" || strings.HasSuffix(was, "0") || !strings.HasSuffix(now, "0") {
		return now
	}
	return now[:len(now)-1] + string('1'+random.Int32N(9))
}

// sameSize keeps the first digit of a number that has more.
func sameSize(n string, random *rand.Rand) string {
	i := strings.IndexAny(n, "123456789")
	if i < 0 {
		return n
	}
	digits := strings.TrimPrefix(n, "-")
	if value, err := strconv.ParseUint(digits, 10, 64); err == nil {
		step := uint64(1)
		for range len(digits) - 1 {
			step *= 10
		}
		low := value / step * step
		top := low + (step - 1)
		if top < low {
			top = math.MaxUint64
		}
		top = min(top, limit(value, len(digits)))
		return n[:i] + strconv.FormatUint(low+random.Uint64N(top-low+1), 10)
	}
	mantissa, exponent := n[i+1:], ""
	if e := strings.IndexAny(mantissa, "eE"); e >= 0 {
		mantissa, exponent = mantissa[:e], mantissa[e:]
	}
	return n[:i+1] + letters("x"+mantissa, random)[1:] + exponent
}
