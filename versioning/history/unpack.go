package history

import (
	"bytes"
	"compress/gzip"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"unicode/utf16"
)

var (
	gzipMagic = []byte{0x1f, 0x8b}
	bomUTF8   = []byte{0xef, 0xbb, 0xbf}
	bomLE     = []byte{0xff, 0xfe}
	bomBE     = []byte{0xfe, 0xff}
)

// unpack takes off what tools wrap around a history: compression, a byte order mark, UTF-16.
func unpack(path string, data []byte, limit int64) ([]byte, error) {
	if bytes.HasPrefix(data, gzipMagic) {
		var err error
		if data, err = gunzip(path, data, limit); err != nil {
			return nil, err
		}
	}
	return withoutMark(data), nil
}

func withoutMark(data []byte) []byte {
	switch {
	case bytes.HasPrefix(data, bomUTF8):
		return data[len(bomUTF8):]
	case bytes.HasPrefix(data, bomLE): // what ">" writes in Windows PowerShell
		return fromUTF16(data[len(bomLE):], binary.LittleEndian)
	case bytes.HasPrefix(data, bomBE):
		return fromUTF16(data[len(bomBE):], binary.BigEndian)
	}
	return data
}

// gunzip stops one byte after the limit: a small file can hold any amount.
func gunzip(path string, data []byte, limit int64) ([]byte, error) {
	zr, err := gzip.NewReader(bytes.NewReader(data))
	if err != nil {
		return nil, corruptGzip(path, int64(len(data)), err)
	}
	var out bytes.Buffer
	// Histories shrink about twentyfold, so this saves most of the growing; the cap is for files
	// that lie.
	out.Grow(int(min(int64(len(data))*20, limit, 64<<20)))
	n, err := io.Copy(&out, io.LimitReader(zr, limit+1))
	if err != nil {
		return nil, corruptGzip(path, int64(len(data)), err)
	}
	if n > limit {
		return nil, unpacksTooLarge(path, limit)
	}
	return out.Bytes(), nil
}

func corruptGzip(path string, size int64, err error) error {
	if errors.Is(err, io.ErrUnexpectedEOF) || errors.Is(err, io.EOF) {
		return &FormatError{Path: path, Kind: KindTruncated, Err: err,
			Detail: fmt.Sprintf("the compressed file stops at byte %d, before its end", size)}
	}
	return &FormatError{Path: path, Kind: KindCorruptGzip, Err: err,
		Detail: "the file begins as gzip but does not decompress (" + err.Error() + ")"}
}

// unpackSome decompresses what it can of the beginning of a compressed file, and returns how much
// that is.
func unpackSome(data, into []byte) int {
	zr, err := gzip.NewReader(bytes.NewReader(data))
	if err != nil {
		return 0
	}
	n, _ := io.ReadFull(zr, into)
	return n
}

func fromUTF16(data []byte, order binary.ByteOrder) []byte {
	units := make([]uint16, len(data)/2)
	for i := range units {
		units[i] = order.Uint16(data[2*i:])
	}
	return []byte(string(utf16.Decode(units)))
}
