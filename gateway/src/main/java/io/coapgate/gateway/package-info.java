/** The gateway as a whole: {@code Gateway} assembles every part, top to bottom. Imports every package but {@code cli}. */
@NullMarked
package io.coapgate.gateway;

import org.jspecify.annotations.NullMarked;
