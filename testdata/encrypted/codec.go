package encrypted

import (
	"crypto/aes"
	"crypto/cipher"
	"crypto/rand"
	"errors"
	"fmt"

	commonpb "go.temporal.io/api/common/v1"
	"go.temporal.io/sdk/converter"
	"go.temporal.io/sdk/temporal"
	"google.golang.org/protobuf/proto"
)

// Converter encrypts all payloads. Two encodings of one value differ, because
// each has a nonce of its own.
var Converter = converter.NewCodecDataConverter(converter.GetDefaultDataConverter(), codec{})

// FailureConverter encrypts messages and stack traces too.
var FailureConverter = temporal.NewDefaultFailureConverter(temporal.DefaultFailureConverterOptions{
	DataConverter:          Converter,
	EncodeCommonAttributes: true,
})

const encoding = "binary/encrypted"

// codec encrypts with AES-GCM, and with a key that protects nothing: it is here.
type codec struct{}

func (codec) aead() (cipher.AEAD, error) {
	block, err := aes.NewCipher([]byte("a key for a test, of 32 bytes..."))
	if err != nil {
		return nil, err
	}
	return cipher.NewGCM(block)
}

func (c codec) Encode(payloads []*commonpb.Payload) ([]*commonpb.Payload, error) {
	aead, err := c.aead()
	if err != nil {
		return nil, err
	}
	encoded := make([]*commonpb.Payload, len(payloads))
	for i, p := range payloads {
		plain, err := proto.Marshal(p)
		if err != nil {
			return nil, err
		}
		nonce := make([]byte, aead.NonceSize())
		if _, err := rand.Read(nonce); err != nil {
			return nil, err
		}
		encoded[i] = &commonpb.Payload{
			Metadata: map[string][]byte{converter.MetadataEncoding: []byte(encoding)},
			Data:     aead.Seal(nonce, nonce, plain, nil),
		}
	}
	return encoded, nil
}

func (c codec) Decode(payloads []*commonpb.Payload) ([]*commonpb.Payload, error) {
	aead, err := c.aead()
	if err != nil {
		return nil, err
	}
	decoded := make([]*commonpb.Payload, len(payloads))
	for i, p := range payloads {
		if string(p.GetMetadata()[converter.MetadataEncoding]) != encoding {
			decoded[i] = p
			continue
		}
		if len(p.GetData()) < aead.NonceSize() {
			return nil, errors.New("the payload is too short to be encrypted")
		}
		nonce, sealed := p.GetData()[:aead.NonceSize()], p.GetData()[aead.NonceSize():]
		plain, err := aead.Open(nil, nonce, sealed, nil)
		if err != nil {
			return nil, fmt.Errorf("decrypting a payload: %w", err)
		}
		decoded[i] = &commonpb.Payload{}
		if err := proto.Unmarshal(plain, decoded[i]); err != nil {
			return nil, err
		}
	}
	return decoded, nil
}
