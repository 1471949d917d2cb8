package io.coapgate.gateway.dtls;

/** A kind of credential that a listener accepts. */
public enum CredentialMode {
    /** Pre-shared keys, RFC 4279 and 5489. */
    PSK,
    /** Raw public keys, RFC 7250. */
    RPK,
    /** X.509 certificates. */
    X509
}
