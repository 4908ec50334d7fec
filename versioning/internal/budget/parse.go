package budget

import (
	"fmt"
	"regexp"
	"strconv"
	"strings"
)

// least is the smallest budget that anything fits into.
const least = 1 << 20

var amount = regexp.MustCompile(`(?i)^(\d+(?:\.\d+)?) ?([kmgt]?)(i?b?)$`)

// Parse reads an amount of memory such as 512MiB, 2GB or 1.5G, where M and MiB are 1024 times 1024 bytes, and MB a million.
func Parse(text string) (int64, error) {
	parts := amount.FindStringSubmatch(strings.TrimSpace(text))
	if parts == nil {
		return 0, fmt.Errorf("%q is no amount of memory: write it as 512MiB or 2GiB", text)
	}
	n, err := strconv.ParseFloat(parts[1], 64)
	if err != nil {
		return 0, fmt.Errorf("%q is no amount of memory: write it as 512MiB or 2GiB", text)
	}
	unit := 1024.0
	if strings.EqualFold(parts[3], "b") {
		unit = 1000
	}
	for range 1 + strings.Index("kmgt", strings.ToLower(parts[2])) {
		if parts[2] != "" {
			n *= unit
		}
	}
	if n < least || n >= 1<<62 {
		return 0, fmt.Errorf("%s is no amount of memory to read histories with: name at least 1MiB", text)
	}
	return int64(n), nil
}
