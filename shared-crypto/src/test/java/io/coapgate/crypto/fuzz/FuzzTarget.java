package io.coapgate.crypto.fuzz;

import static io.coapgate.crypto.TestVectors.hex;
import static org.assertj.core.api.Assertions.assertThat;

import com.upokecenter.cbor.CBORObject;
import io.coapgate.crypto.ace.AccessTokenRequest;
import io.coapgate.crypto.ace.AccessTokenResponse;
import io.coapgate.crypto.ace.AceFormatException;
import io.coapgate.crypto.ace.Aif;
import io.coapgate.crypto.ace.IntrospectionRequest;
import io.coapgate.crypto.ace.IntrospectionResponse;
import io.coapgate.crypto.ace.PskIdentity;
import io.coapgate.crypto.ace.RevocationList;
import io.coapgate.crypto.cose.CoseEncrypt0;
import io.coapgate.crypto.cose.CoseException;
import io.coapgate.crypto.cose.CoseException.Reason;
import io.coapgate.crypto.cose.CoseKey;
import io.coapgate.crypto.cose.CoseKeySet;
import io.coapgate.crypto.cose.CoseMac0;
import io.coapgate.crypto.cose.CoseMessage;
import io.coapgate.crypto.cose.CoseSign1;
import io.coapgate.crypto.cose.SigningKey;
import io.coapgate.crypto.cose.StrictCbor;
import io.coapgate.crypto.cwt.CwtClaims;
import io.coapgate.crypto.cwt.InvalidCwtException;
import io.coapgate.crypto.jose.JwkReader;
import io.coapgate.crypto.jose.JwkSet;
import io.coapgate.crypto.jose.PublicJwk;
import io.coapgate.crypto.key.KeyFormatException;
import io.coapgate.crypto.key.KeyId;
import io.coapgate.crypto.key.Pem;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * The readers of what anybody may send. Each target takes any bytes and allows two outcomes: the reader's one checked
 * exception, or a value that is the same after it was written and read again.
 */
enum FuzzTarget {
    CBOR {
        @Override
        void readBack(byte[] input) throws CoseException {
            CBORObject value = StrictCbor.decode(input, MAX_BYTES);
            byte[] encoded = StrictCbor.encode(value);
            assertThat(encoded).hasSameSizeAs(input); // one encoding, but for the order of keys
            CBORObject again = StrictCbor.decode(encoded, MAX_BYTES);
            assertThat(again).isEqualTo(value);
            assertThat(StrictCbor.encode(again)).isEqualTo(encoded);
        }
    },
    COSE_MESSAGE {
        @Override
        void readBack(byte[] input) throws CoseException {
            CoseMessage message = CoseMessage.decode(input, MAX_BYTES);
            byte[] payload = message.unverifiedPayload();
            SigningKey key = FuzzKeys.signing(message.headers().algorithm());
            SigningKey named = message.headers().keyId().map(key::withKeyId).orElse(key);
            byte[] made = message instanceof CoseSign1
                    ? CoseSign1.create(named, payload, CoseMessage.NO_AAD)
                    : CoseMac0.create(named, payload, CoseMessage.NO_AAD);
            CoseMessage again = CoseMessage.decode(made, 2 * MAX_BYTES);
            assertThat(again).hasSameClassAs(message);
            assertThat(again.headers()).hasToString(message.headers().toString());
            assertThat(again.verify(FuzzKeys.verification(key.algorithm()), CoseMessage.NO_AAD))
                    .isEqualTo(payload);
            message.verify(FuzzKeys.verification(key.algorithm()), CoseMessage.NO_AAD);
        }
    },
    COSE_ENCRYPT0 {
        @Override
        void readBack(byte[] input) throws CoseException {
            CoseEncrypt0 message = CoseEncrypt0.decode(input, MAX_BYTES);
            CoseEncrypt0 again = CoseEncrypt0.ofCbor(message.toCbor());
            assertThat(again).hasToString(message.toString());
            assertThat(StrictCbor.encode(again.toCbor())).isEqualTo(StrictCbor.encode(message.toCbor()));
            try {
                message.decrypt(FuzzKeys.decryption(message.headers().algorithm()), CoseMessage.NO_AAD);
            } catch (CoseException e) {
                assertThat(e.reason()).isIn(Reason.BAD_SIGNATURE, Reason.KEY_USE_REFUSED);
            }
        }
    },
    CWT_CLAIMS {
        @Override
        void readBack(byte[] input) throws InvalidCwtException {
            CwtClaims claims = CwtClaims.decode(input, MAX_BYTES);
            byte[] encoded = claims.encode();
            CwtClaims again = CwtClaims.decode(encoded, 2 * MAX_BYTES);
            assertThat(again).hasToString(claims.toString());
            assertThat(again.notBefore()).isEqualTo(claims.notBefore());
            assertThat(again.issuedAt()).isEqualTo(claims.issuedAt());
            assertThat(again.scope()).isEqualTo(claims.scope());
            assertThat(again.otherLabels()).isEqualTo(claims.otherLabels());
            assertThat(again.encode()).isEqualTo(encoded);
        }
    },
    COSE_KEY {
        @Override
        void readBack(byte[] input) throws CoseException {
            CoseKey key = CoseKey.decode(input);
            CoseKey again = CoseKey.decode(key.encode());
            assertThat(again).hasToString(key.toString());
            assertThat(again.encode()).isEqualTo(key.encode());
            assertThat(again.thumbprint()).isEqualTo(key.thumbprint());
            assertThat(again.publicKey().isPresent()).isEqualTo(key.publicKey().isPresent());
            if (key.publicKey().isPresent()) {
                assertThat(CoseKey.ofPublicKey(key.publicKey().get()).thumbprint())
                        .isEqualTo(key.thumbprint());
            }
        }
    },
    TOKEN_REQUEST {
        @Override
        void readBack(byte[] input) throws AceFormatException {
            AccessTokenRequest request = AccessTokenRequest.decode(input, MAX_BYTES);
            AccessTokenRequest again = AccessTokenRequest.decode(request.encode(), 2 * MAX_BYTES);
            assertThat(again).hasToString(request.toString());
            assertThat(again.encode()).isEqualTo(request.encode());
        }
    },
    TOKEN_RESPONSE {
        @Override
        void readBack(byte[] input) throws AceFormatException {
            AccessTokenResponse response = AccessTokenResponse.decode(input, MAX_BYTES);
            AccessTokenResponse again = AccessTokenResponse.decode(response.encode(), 2 * MAX_BYTES);
            assertThat(again.accessToken()).isEqualTo(response.accessToken());
            assertThat(again.encode()).isEqualTo(response.encode());
        }
    },
    AIF {
        @Override
        void readBack(byte[] input) throws AceFormatException {
            Aif aif = Aif.decode(input);
            assertThat(aif.encode()).isEqualTo(input); // one encoding only
            assertThat(Aif.decode(aif.encode())).isEqualTo(aif);
        }
    },
    INTROSPECTION_REQUEST {
        @Override
        void readBack(byte[] input) throws AceFormatException {
            IntrospectionRequest request = IntrospectionRequest.decode(input, MAX_BYTES);
            IntrospectionRequest again = IntrospectionRequest.decode(request.encode(), 2 * MAX_BYTES);
            assertThat(again.token()).isEqualTo(request.token());
            assertThat(again.encode()).isEqualTo(request.encode());
        }
    },
    INTROSPECTION_RESPONSE {
        @Override
        void readBack(byte[] input) throws AceFormatException {
            IntrospectionResponse response = IntrospectionResponse.decode(input, MAX_BYTES);
            IntrospectionResponse again = IntrospectionResponse.decode(response.encode(), 2 * MAX_BYTES);
            assertThat(again).hasToString(response.toString());
            assertThat(again.encode()).isEqualTo(response.encode());
        }
    },
    REVOCATION_LIST {
        @Override
        void readBack(byte[] input) throws AceFormatException {
            RevocationList list = RevocationList.decode(input, MAX_BYTES);
            RevocationList again = RevocationList.decode(list.encode(), 2 * MAX_BYTES);
            assertThat(again).isEqualTo(list);
            assertThat(again.encode()).isEqualTo(list.encode());
        }
    },
    COSE_KEY_SET {
        @Override
        void readBack(byte[] input) throws CoseException {
            CoseKeySet set = CoseKeySet.decodePublic(input, MAX_BYTES);
            if (set.keys().isEmpty()) {
                return; // none that can be used: nothing that could be written
            }
            CoseKeySet again = CoseKeySet.decodePublic(set.encode(), 2 * MAX_BYTES);
            assertThat(again).hasToString(set.toString());
            assertThat(again.encode()).isEqualTo(set.encode());
            assertThat(CoseKeySet.ofPublicKeys(set.keys()).encode()).isEqualTo(set.encode());
        }
    },
    PSK_IDENTITY {
        @Override
        void readBack(byte[] input) throws AceFormatException {
            KeyId name = PskIdentity.decode(input);
            assertThat(PskIdentity.decode(PskIdentity.encode(name))).isEqualTo(name);
        }
    },
    JWK {
        @Override
        void readBack(byte[] input) {
            String json = new String(input, StandardCharsets.UTF_8);
            refusable(() -> {
                PublicJwk key = PublicJwk.parse(json);
                assertThat(PublicJwk.parse(key.toJson()).toJson()).isEqualTo(key.toJson());
                assertThat(PublicJwk.of(JwkReader.publicKey(json))).isEqualTo(key);
            });
            refusable(() -> {
                KeyPair pair = JwkReader.keyPair(json);
                assertThat(Pem.keyPair(Pem.encode(pair.getPrivate())).getPublic())
                        .isEqualTo(pair.getPublic());
            });
            refusable(() -> assertThat(JwkReader.secret(json).length()).isPositive());
            refusable(() -> {
                JwkSet set = JwkSet.parse(json);
                assertThat(JwkSet.parse(set.toJson()).toJson()).isEqualTo(set.toJson());
            });
        }
    };

    private static final int MAX_BYTES = 4096;

    /** Reads the input, and reads again what it writes of it. */
    abstract void readBack(byte[] input)
            throws CoseException, InvalidCwtException, AceFormatException, KeyFormatException;

    /** Whether the input was accepted; anything that is neither a value nor the checked refusal is thrown on. */
    boolean accepts(byte[] input) {
        try {
            readBack(input);
            return true;
        } catch (CoseException | InvalidCwtException | AceFormatException | KeyFormatException e) {
            return false;
        }
    }

    /** The committed inputs: a line each, in hexadecimal or, if it begins with a brace, as it is. */
    Stream<byte[]> corpus() {
        String name = name().toLowerCase(Locale.ROOT).replace('_', '-') + ".txt";
        try (InputStream in = Objects.requireNonNull(FuzzTarget.class.getResourceAsStream(name), name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.startsWith("#"))
                    .map(line -> line.startsWith("{") ? line.getBytes(StandardCharsets.UTF_8) : hex(line));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A part of an input's reading that may end in the checked exception without ending the rest. */
    private static void refusable(Reading reading) {
        try {
            reading.run();
        } catch (KeyFormatException e) {
            // refused, which is one of the two outcomes
        }
    }

    private interface Reading {
        void run() throws KeyFormatException;
    }
}
