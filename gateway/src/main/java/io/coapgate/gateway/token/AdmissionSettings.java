package io.coapgate.gateway.token;

import static java.util.Objects.requireNonNull;

import io.coapgate.crypto.cwt.CwtPolicy;
import java.util.ArrayList;
import java.util.List;

/**
 * Which CWTs are let in.
 *
 * @param policy audiences, leeway, lifetime and size
 * @param selfIssued whether devices may issue their own
 * @param maxTokensPerSession one more replaces the oldest; RFC 9200 §5.10.1 recommends 1
 * @param maxSessions sessions that may hold tokens at once
 */
public record AdmissionSettings(
        CwtPolicy policy, List<TrustedIssuer> issuers, boolean selfIssued, int maxTokensPerSession, int maxSessions) {
    public AdmissionSettings {
        requireNonNull(policy, "policy");
        issuers = List.copyOf(issuers);
        if (maxTokensPerSession < 1 || maxSessions < 1) {
            throw new IllegalArgumentException("a session holds at least one token");
        }
    }

    /** The same, and these issuers too. */
    public AdmissionSettings withIssuers(List<TrustedIssuer> more) {
        List<TrustedIssuer> all = new ArrayList<>(issuers);
        all.addAll(more);
        return new AdmissionSettings(policy, all, selfIssued, maxTokensPerSession, maxSessions);
    }
}
