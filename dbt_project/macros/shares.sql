{# An end of Wilson's 95 % interval of a share of counts; sign is '-' or '+'. Null of nothing. #}
{% macro bound_of_share(count, total, sign) -%}
    {%- set z = '1.959963984540054e0' -%}
    (
        ({{ count }} + {{ z }} * {{ z }} / 2)
        {{ sign }} {{ z }} * sqrt(
            cast({{ count }} as double) * ({{ total }} - {{ count }}) / nullif({{ total }}, 0)
            + {{ z }} * {{ z }} / 4
        )
    )
    / (nullif({{ total }}, 0) + {{ z }} * {{ z }})
{%- endmacro %}
