package main

import (
	"encoding/hex"
	"fmt"
	"net/netip"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// TestListensOnLoopbackOnly looks from outside, at the sockets of the process, so that it also sees a listener that a
// later version of the server adds.
func TestListensOnLoopbackOnly(t *testing.T) {
	t.Parallel()
	s := startCommand(t, "--ephemeral-port", "--until-stdin-closes")
	listening := listeners(t, s.Process.Pid)
	require.NoError(t, s.stdin.Close())
	require.NoError(t, s.Wait())

	for _, address := range listening {
		require.True(t, address.Addr().IsLoopback(), "listens on %s", address)
	}
	require.Len(t, listening, 5, "gRPC of four services and HTTP of the frontend: %v", listening)
}

// listeners gives the addresses on which a process listens with TCP or has a UDP socket.
func listeners(t *testing.T, pid int) []netip.AddrPort {
	t.Helper()
	sockets, err := filepath.Glob(fmt.Sprintf("/proc/%d/fd/*", pid))
	require.NoError(t, err)
	var owned []string
	for _, socket := range sockets {
		if target, err := os.Readlink(socket); err == nil { // files may close meanwhile
			owned = append(owned, target)
		}
	}
	var found []netip.AddrPort
	for table, state := range map[string]string{"tcp": "0A", "tcp6": "0A", "udp": "07", "udp6": "07"} {
		text, err := os.ReadFile(fmt.Sprintf("/proc/%d/net/%s", pid, table))
		if os.IsNotExist(err) {
			continue // no IPv6 on this machine
		}
		require.NoError(t, err)
		for _, line := range strings.Split(string(text), "\n")[1:] {
			// sl local_address rem_address st queues timer retransmits uid timeout inode
			fields := strings.Fields(line)
			if len(fields) > 9 && fields[3] == state && slices.Contains(owned, "socket:["+fields[9]+"]") {
				found = append(found, parseProcAddress(t, fields[1]))
			}
		}
	}
	return found
}

// parseProcAddress reads 0100007F:1C41: words of four bytes, least significant first, and a port.
func parseProcAddress(t *testing.T, s string) netip.AddrPort {
	t.Helper()
	host, port, _ := strings.Cut(s, ":")
	raw, err := hex.DecodeString(host)
	require.NoError(t, err)
	for word := range slices.Chunk(raw, 4) {
		slices.Reverse(word)
	}
	ip, ok := netip.AddrFromSlice(raw)
	require.True(t, ok, s)
	number, err := strconv.ParseUint(port, 16, 16)
	require.NoError(t, err)
	return netip.AddrPortFrom(ip.Unmap(), uint16(number))
}
