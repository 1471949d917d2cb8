package io.coapgate.simulator.load;

import io.coapgate.crypto.key.SecretBytes;

/**
 * Which devices a fleet has. All their keys follow from the seed, so that the same plan makes the same devices again.
 *
 * @param seed 16 bytes at least, as secret as the keys that it makes
 * @param devices how many
 * @param connectionId whether they offer a DTLS connection ID
 */
public record FleetPlan(
        SecretBytes seed, int devices, CredentialKind credential, TokenMode token, boolean connectionId) {
    private static final int MIN_SEED_BYTES = 16;
    private static final int MAX_DEVICES = 1_000_000;

    /** @throws IllegalArgumentException if devices with such a credential can't have such tokens */
    public static void requireFitting(CredentialKind credential, TokenMode token) {
        boolean preShared = credential == CredentialKind.PSK || credential == CredentialKind.ECDHE_PSK;
        if (token == TokenMode.IN_HANDSHAKE && !preShared) {
            throw new IllegalArgumentException(
                    "tokens come in the handshake of pre-shared keys only; write credential psk or ecdhe-psk, not "
                            + credential);
        }
    }

    public FleetPlan {
        if (seed.length() < MIN_SEED_BYTES) {
            throw new IllegalArgumentException("a fleet's seed has 16 bytes at least");
        }
        if (devices < 1 || devices > MAX_DEVICES) {
            throw new IllegalArgumentException("a fleet has 1 to " + MAX_DEVICES + " devices, not " + devices);
        }
        requireFitting(credential, token);
    }
}
