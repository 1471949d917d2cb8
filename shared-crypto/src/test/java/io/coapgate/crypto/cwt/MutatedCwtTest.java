package io.coapgate.crypto.cwt;

import static io.coapgate.crypto.TestVectors.hex;
import static org.assertj.core.api.Assertions.assertThat;

import io.coapgate.crypto.cose.CoseAlgorithm;
import io.coapgate.crypto.cose.SigningKey;
import io.coapgate.crypto.cose.VerificationKey;
import io.coapgate.crypto.cwt.InvalidCwtException.Reason;
import io.coapgate.crypto.key.KeyId;
import io.coapgate.crypto.key.SecretBytes;
import io.coapgate.crypto.key.Thumbprint;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.spec.ECGenParameterSpec;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Valid tokens with bits, bytes or stretches changed, or put together from two of them: each is refused by a reason, or
 * says exactly what one of the two said. 100,000 altogether; {@code coapgate.mutations} asks for more.
 *
 * <p>Unprotected headers are the one part that nobody authenticates (RFC 9052 §3): a mutant that differs in nothing else
 * is accepted, and must show by its content thumbprint that it is a token already known.
 */
class MutatedCwtTest {

    private static final int COUNT = Integer.getInteger("coapgate.mutations", 100_000);
    private static final long SEED = 0x5eed;
    private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");

    private final CwtVerifier verifier = new CwtVerifier(
            CwtPolicy.forAudience("rs").withMaxLifetime(Duration.ofHours(1)), Clock.fixed(NOW, ZoneOffset.UTC));

    /** A signature takes a thousand times as long to verify as a MAC: the shares add up to 100 and spare the clock. */
    @ParameterizedTest(name = "{0}, {1} %")
    @CsvSource({"HMAC_256_64, 46", "HMAC_256_256, 46", "ES256, 4", "EDDSA, 4"})
    void noMutantSaysWhatNoTokenSaid(CoseAlgorithm algorithm, int percent) throws Exception {
        Keys keys = Keys.generate(algorithm);
        CwtIssuer as = new CwtIssuer("as", keys.signer().withKeyId(KeyId.ofUtf8("k1")));
        List<byte[]> tokens = List.of(
                as.issue(claims("device-1", "temp:read").build()),
                as.issue(claims("device-2", "temp:read door:open")
                        .notBefore(NOW)
                        .id(CwtId.of(hex("0b71")))
                        .build()));
        Outcomes outcomes =
                new Outcomes(List.of(content(tokens.get(0), keys.verifier()), content(tokens.get(1), keys.verifier())));
        Mutator mutator = new Mutator(tokens, new Random(SEED));
        for (int i = 0; i < COUNT / 100 * percent; i++) {
            outcomes.count(mutator.next(), keys.verifier());
        }
        // The mutations reach deep: had they all died at the first check, this would prove little.
        assertThat(outcomes.reasons)
                .contains(
                        Reason.MALFORMED,
                        Reason.BAD_SIGNATURE,
                        Reason.UNKNOWN_ISSUER,
                        Reason.UNSUPPORTED_ALGORITHM,
                        Reason.INVALID_CONFIRMATION);
        assertThat(outcomes.acceptedInOtherBytes).isPositive();
    }

    private static CwtClaims.Builder claims(String subject, String scope) {
        return CwtClaims.builder()
                .subject(subject)
                .audience("rs")
                .expiresAt(NOW.plusSeconds(600))
                .issuedAt(NOW)
                .confirmation(Confirmation.of(KeyId.ofUtf8(subject)))
                .scope(scope);
    }

    private Thumbprint content(byte[] token, VerificationKey key) throws InvalidCwtException {
        return verifier.verify(token, issuer -> List.of(key)).contentThumbprint();
    }

    /** A pair of keys for one algorithm. */
    private record Keys(SigningKey signer, VerificationKey verifier) {

        static Keys generate(CoseAlgorithm algorithm) throws Exception {
            if (algorithm.kind() == CoseAlgorithm.Kind.MAC) {
                SecretBytes secret = SecretBytes.copyOf(hex("5c".repeat(32)));
                return new Keys(SigningKey.of(algorithm, secret), VerificationKey.of(algorithm, secret));
            }
            KeyPairGenerator generator =
                    KeyPairGenerator.getInstance(algorithm == CoseAlgorithm.EDDSA ? "Ed25519" : "EC");
            if (algorithm != CoseAlgorithm.EDDSA) {
                generator.initialize(new ECGenParameterSpec("secp256r1"));
            }
            KeyPair pair = generator.generateKeyPair();
            return new Keys(
                    SigningKey.of(algorithm, pair.getPrivate()), VerificationKey.of(algorithm, pair.getPublic()));
        }
    }

    /** What became of the mutants. */
    private final class Outcomes {

        private final Set<Reason> reasons = EnumSet.noneOf(Reason.class);
        private final List<Thumbprint> contents;
        private int acceptedInOtherBytes;

        Outcomes(List<Thumbprint> contents) {
            this.contents = contents;
        }

        void count(byte[] mutant, VerificationKey key) {
            IssuerKeys keys = issuer -> issuer.equals("as") ? List.of(key) : List.of();
            try {
                assertThat(verifier.verify(mutant, keys).contentThumbprint())
                        .as("accepted: %s", hex(mutant))
                        .isIn(contents);
                acceptedInOtherBytes++;
            } catch (InvalidCwtException e) {
                reasons.add(e.reason());
            }
        }
    }

    /** Makes mutants of two tokens, none of which is one of the two. */
    private static final class Mutator {

        private final List<byte[]> tokens;
        private final Random random;

        Mutator(List<byte[]> tokens, Random random) {
            this.tokens = tokens;
            this.random = random;
        }

        byte[] next() {
            byte[] mutant;
            do {
                int which = random.nextInt(2);
                mutant = mutate(tokens.get(which), tokens.get(1 - which));
            } while (isOriginal(mutant));
            return mutant;
        }

        private boolean isOriginal(byte[] mutant) {
            return tokens.stream().anyMatch(token -> Arrays.equals(token, mutant));
        }

        private byte[] mutate(byte[] token, byte[] other) {
            int at = random.nextInt(token.length);
            return switch (random.nextInt(9)) {
                case 0, 1 -> withBitFlipped(token);
                case 2 -> withBitFlipped(withBitFlipped(token));
                case 3 -> joined(token, at, randomBytes(1), token, at + 1);
                case 4 -> joined(token, at, new byte[0], token, token.length); // cut off
                case 5 -> joined(token, at, randomBytes(random.nextInt(1, 4)), token, at); // inserted
                case 6 -> joined(token, at, new byte[0], token, Math.min(at + random.nextInt(1, 4), token.length));
                case 7 -> joined(token, at, new byte[0], other, Math.min(at, other.length));
                default -> withStretchOf(other, token, at);
            };
        }

        private byte[] withBitFlipped(byte[] token) {
            byte[] mutant = token.clone();
            mutant[random.nextInt(token.length)] ^= (byte) (1 << random.nextInt(8));
            return mutant;
        }

        /** Where the other token has the same four bytes, a part of it takes the place of our own. */
        private byte[] withStretchOf(byte[] other, byte[] token, int at) {
            List<Integer> places = new ArrayList<>();
            for (int i = 0; i + 4 <= other.length && at + 4 <= token.length; i++) {
                if (Arrays.equals(other, i, i + 4, token, at, at + 4)) {
                    places.add(i);
                }
            }
            int from = places.isEmpty() ? random.nextInt(other.length) : places.get(random.nextInt(places.size()));
            int length = random.nextInt(Math.min(other.length - from, token.length - at) + 1);
            byte[] stretch = Arrays.copyOfRange(other, from, from + length);
            return joined(token, at, stretch, token, at + length);
        }

        private byte[] randomBytes(int count) {
            byte[] bytes = new byte[count];
            random.nextBytes(bytes);
            return bytes;
        }

        private static byte[] joined(byte[] head, int to, byte[] middle, byte[] tail, int tailFrom) {
            byte[] joined = new byte[to + middle.length + tail.length - tailFrom];
            System.arraycopy(head, 0, joined, 0, to);
            System.arraycopy(middle, 0, joined, to, middle.length);
            System.arraycopy(tail, tailFrom, joined, to + middle.length, tail.length - tailFrom);
            return joined;
        }
    }
}
