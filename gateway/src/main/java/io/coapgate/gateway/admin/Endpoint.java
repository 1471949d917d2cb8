package io.coapgate.gateway.admin;

/** What is found under one path. May be called from several threads at once, and may take a moment. */
@FunctionalInterface
interface Endpoint {
    /**
     * The page as it is now.
     *
     * @param accept the request's {@code Accept} header; empty if there is none
     */
    Page get(String accept) throws Exception;
}
