package connect

import (
	"errors"
	"fmt"
	"strconv"
	"strings"

	"github.com/spf13/cobra"

	"github.com/replaymatrix/replaymatrix/versioning/cli/internal/shell"
)

// MaxID is the default limit of a Temporal Service for the length of IDs.
const MaxID = 1000

// CheckIDs checks the Workflow IDs of the flags that were given. A service would accept an ID that
// no terminal can show. For an ID that is too long, the error of the service would not help.
func CheckIDs(cmd *cobra.Command, flags ...string) error {
	for _, name := range flags {
		if flag := cmd.Flags().Lookup(name); flag.Changed {
			if err := checkID(flag.Value.String()); err != nil {
				return shell.Usage(fmt.Errorf("--%s %w", name, err))
			}
		}
	}
	return nil
}

func checkID(id string) error {
	if id == "" {
		return errors.New("is empty: give a workflow ID")
	}
	strange := func(r rune) bool { return r < ' ' || r > '~' }
	if len(id) > MaxID || strings.ContainsFunc(id, strange) {
		return fmt.Errorf("%s: a workflow ID must be printable ASCII, at most %d characters", Shortened(id), MaxID)
	}
	return nil
}

// Shortened quotes the beginning of the text.
func Shortened(text string) string {
	const most = 40
	if runes := []rune(text); len(runes) > most {
		return strconv.QuoteToASCII(string(runes[:most])) + "…"
	}
	return strconv.QuoteToASCII(text)
}
