package prose

import (
	"encoding/json"
	"fmt"
	"io"
)

// JSON writes a document as indented text with a final newline. The error message calls the
// document by the name.
func JSON(w io.Writer, name string, document any) error {
	encoder := json.NewEncoder(w)
	encoder.SetIndent("", "  ")
	encoder.SetEscapeHTML(false)
	if err := encoder.Encode(document); err != nil {
		return fmt.Errorf("writing the %s as JSON: %w", name, err)
	}
	return nil
}
