package io.coapgate.gateway.issuing;

/**
 * How many tokens are kept until they end. Whoever holds as many as may be gets no further one before: a token that has
 * been forgotten could not be revoked.
 *
 * @param total over all devices
 */
public record IssuedTokenLimits(int total, int perDevice) {
    public IssuedTokenLimits {
        if (total < 1 || perDevice < 1) {
            throw new IllegalArgumentException("one token at least is kept");
        }
    }
}
