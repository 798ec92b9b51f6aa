{# A sentence of advice with the part of the garment and the afflicted sizes in their places. #}
{% macro fill_advice(sentence, zone) -%}
    replace(
        replace(replace({{ sentence }}, '[zone]', {{ zone }}), '[from]', from_text), '[to]', to_text
    )
{%- endmacro %}
