package io.coapgate.crypto.cwt;

import static io.coapgate.crypto.TestVectors.hex;
import static org.assertj.core.api.Assertions.assertThat;

import io.coapgate.crypto.cose.CoseAlgorithm;
import io.coapgate.crypto.cose.SigningKey;
import io.coapgate.crypto.cose.VerificationKey;
import io.coapgate.crypto.key.SecretBytes;
import io.coapgate.crypto.key.Thumbprint;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

/**
 * Valid tokens with bits, bytes or stretches changed: each is refused by a reason, and none in another way.
 *
 * <p>Unprotected headers are the one part that nobody authenticates (RFC 9052 §3): a mutant that differs in nothing else
 * says just what the token did, and must show that by its content thumbprint.
 */
class MutatedCwtTest {

    private static final long SEED = 0x5eed;
    private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");

    private final CwtVerifier verifier = new CwtVerifier(
            CwtPolicy.forAudience("rs").withMaxLifetime(Duration.ofHours(1)), Clock.fixed(NOW, ZoneOffset.UTC));
    private final Random random = new Random(SEED);

    @Test
    void noneOfAHundredThousandMacedTokensSaysAnythingElse() throws Exception {
        SecretBytes secret = SecretBytes.copyOf(hex("5c".repeat(32)));
        Set<InvalidCwtException.Reason> reasons = reasonsToRefuse(
                100_000,
                SigningKey.of(CoseAlgorithm.HMAC_256_64, secret),
                VerificationKey.of(CoseAlgorithm.HMAC_256_64, secret));
        // The mutations reach deep: had they all died at the first check, this would prove little.
        assertThat(reasons)
                .contains(
                        InvalidCwtException.Reason.MALFORMED,
                        InvalidCwtException.Reason.BAD_SIGNATURE,
                        InvalidCwtException.Reason.UNKNOWN_ISSUER,
                        InvalidCwtException.Reason.UNSUPPORTED_ALGORITHM,
                        InvalidCwtException.Reason.ALGORITHM_MISMATCH);
    }

    @Test
    void noneOfAThousandSignedTokensSaysAnythingElse() throws Exception {
        KeyPair pair = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
        Set<InvalidCwtException.Reason> reasons = reasonsToRefuse(
                1_000,
                SigningKey.of(CoseAlgorithm.EDDSA, pair.getPrivate()),
                VerificationKey.of(CoseAlgorithm.EDDSA, pair.getPublic()));
        assertThat(reasons).contains(InvalidCwtException.Reason.BAD_SIGNATURE);
    }

    private Set<InvalidCwtException.Reason> reasonsToRefuse(int count, SigningKey signer, VerificationKey key)
            throws Exception {
        byte[] token = new CwtIssuer("as", signer)
                .issue(CwtClaims.builder()
                        .subject("device-1")
                        .audience("rs")
                        .expiresAt(NOW.plusSeconds(600))
                        .issuedAt(NOW)
                        .scope("temp:read")
                        .build());
        IssuerKeys keys = issuer -> issuer.equals("as") ? List.of(key) : List.of();
        Thumbprint content = verifier.verify(token, keys).contentThumbprint();
        Set<InvalidCwtException.Reason> reasons = EnumSet.noneOf(InvalidCwtException.Reason.class);
        for (int i = 0; i < count; i++) {
            byte[] mutant = mutate(token);
            if (!Arrays.equals(mutant, token)) {
                refusal(mutant, keys, content).ifPresent(reasons::add);
            }
        }
        return reasons;
    }

    private Optional<InvalidCwtException.Reason> refusal(byte[] mutant, IssuerKeys keys, Thumbprint content) {
        try {
            assertThat(verifier.verify(mutant, keys).contentThumbprint())
                    .as("accepted: %s", hex(mutant))
                    .isEqualTo(content);
            return Optional.empty();
        } catch (InvalidCwtException e) {
            return Optional.of(e.reason());
        }
    }

    private byte[] mutate(byte[] token) {
        byte[] mutant = token.clone();
        int at = random.nextInt(token.length);
        switch (random.nextInt(6)) {
            case 0 -> mutant[at] ^= (byte) (1 << random.nextInt(8));
            case 1 -> mutant[at] = (byte) random.nextInt(256);
            case 2 -> mutant = Arrays.copyOf(mutant, at);
            case 3 -> mutant = splice(token, at, 0, random.nextInt(1, 4));
            case 4 -> mutant = splice(token, at, Math.min(random.nextInt(1, 4), token.length - at), 0);
            default -> {
                mutant[at] ^= (byte) (1 << random.nextInt(8));
                mutant[random.nextInt(token.length)] ^= (byte) (1 << random.nextInt(8));
            }
        }
        return mutant;
    }

    /** Takes {@code removed} bytes out and puts {@code added} random ones in. */
    private byte[] splice(byte[] token, int at, int removed, int added) {
        byte[] spliced = new byte[token.length - removed + added];
        random.nextBytes(spliced);
        System.arraycopy(token, 0, spliced, 0, at);
        System.arraycopy(token, at + removed, spliced, at + added, token.length - at - removed);
        return spliced;
    }
}
