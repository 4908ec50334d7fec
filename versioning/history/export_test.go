package history

import enumspb "go.temporal.io/api/enums/v1"

// DecodeLimit is Decode with another MaxFileSize, so that tests of the limit need no large files.
var DecodeLimit = decode

// UnknownTypes lists event types for which the table of attributes has nothing.
func UnknownTypes(all map[int32]string) []string {
	var missing []string
	for n, name := range all {
		if _, ok := attributesOf[enumspb.EventType(n)]; !ok && n != 0 {
			missing = append(missing, name)
		}
	}
	return missing
}

// IsUnread is isUnread.
var IsUnread = isUnread
