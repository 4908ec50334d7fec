package frontend

import (
	"crypto/rand"
	"encoding/binary"
	"fmt"
	"sync/atomic"
)

var (
	process [8]byte
	tokens  atomic.Uint64
)

func init() { _, _ = rand.Read(process[:]) }

// newToken makes a run ID that nothing else has.
func newToken() string {
	var n [8]byte
	binary.BigEndian.PutUint64(n[:], tokens.Add(1))
	return fmt.Sprintf("%x-%x-4%03x-8%03x-%x", process[:4], process[4:6], uint16(process[6])<<4&0xfff,
		uint16(process[7])<<4&0xfff, n[2:])
}
