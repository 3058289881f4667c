package io.github.spencerpark.jupyter.kernel.magic.registry;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** Makes a method with the parameters {@code (List<String> arguments)} a line magic, as in IJava. */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
public @interface LineMagic {

    /** Its name; that of the method unless given. */
    String value() default "";

    /** Further names. */
    String[] aliases() default {};
}
