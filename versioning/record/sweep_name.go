package record

import (
	"crypto/sha256"
	"encoding/hex"
	"regexp"
	"strconv"
	"strings"
)

// longestID is the number of bytes of a change ID that a name has room for.
const longestID = 40

var (
	plainID  = regexp.MustCompile(`^[a-z0-9]+(-[a-z0-9]+)*$`)
	notPlain = regexp.MustCompile(`[^a-z0-9]+`)
)

// sweptName is what follows the scenario in the name of a recording that prefers
// the version: "--my-patch--v1". No name of a scenario holds two hyphens in a row, so
// it is none of theirs. A change ID that is no such name is made one, and told
// from others by its hash.
func sweptName(changeID string, version int) string {
	name := changeID
	if len(name) > longestID || !plainID.MatchString(name) {
		sum := sha256.Sum256([]byte(changeID))
		plain := notPlain.ReplaceAllString(strings.ToLower(changeID), "-")
		plain = strings.Trim(plain[:min(len(plain), longestID)], "-")
		name = strings.TrimPrefix(plain+"--"+hex.EncodeToString(sum[:5]), "--")
	}
	at := "v" + strconv.Itoa(version)
	if version == -1 {
		at = "default"
	}
	return "--" + name + "--" + at
}
