{# How much oftener a size is sent back than its style, in thousandths; five units that come back
   as often as the style's are added to the size. #}
{% macro weigh_size(told_of_size, told_of_style) -%}
    cast(
        round(
            1000.0 * ({{ told_of_size }} + 5000000)
            / (
                coalesce(
                    cast(sizes.developed_millionths as double) * {{ told_of_style }}
                    / nullif(styles.developed_millionths, 0),
                    0.0
                )
                + 5000000
            )
        ) as bigint
    )
{%- endmacro %}
